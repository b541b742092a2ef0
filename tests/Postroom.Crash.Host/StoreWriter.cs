using Postroom.Storage;

namespace Postroom.Crash.Host;

/// <summary>
/// Commits units to a store from many tasks at once. Each acknowledgement is a line on standard output: the key and the
/// answer in Base64; another end is the key and the verdict. What finds the disk full is tried again until it does not.
/// </summary>
internal sealed class StoreWriter(IPostStore store, int count, int concurrency)
{
    private const int OutcomeUnknown = 70;
    private static readonly TimeSpan s_killedWithin = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_untilRetry = TimeSpan.FromMilliseconds(5);
    private readonly Lock _output = new();
    private int _next = -1;
    private volatile bool _unknown;

    public static async Task<int> RunAsync(string folder, int count, int concurrency, HostOptions options)
    {
        await using var store = await OpenStore.At(folder, options.Probe);
        var writer = new StoreWriter(options.IsHasty ? new HastyStore(store) : store, count, concurrency);
        var code = await writer.RunAsync();
        if (options.IsKilled)
        {
            // A thread of the store's own comes to some points after the last unit.
            await Task.Delay(s_killedWithin);
        }

        return code;
    }

    /// <returns>The exit code: 70 when the disk failed in a commit.</returns>
    private async Task<int> RunAsync()
    {
        await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => Task.Run(WriteAsync)));
        return _unknown ? OutcomeUnknown : 0;
    }

    private async Task WriteAsync()
    {
        while (Interlocked.Increment(ref _next) is var number && number < count)
        {
            var key = StoreUnits.Key(number);
            var refused = false;
            while (await CommitAsync(key, refused) == UnitVerdict.Full)
            {
                refused = true;
                await Task.Delay(s_untilRetry);
            }
        }
    }

    /// <param name="key">What to commit.</param>
    /// <param name="refused">An earlier attempt found the disk full, so it must have left nothing.</param>
    private async Task<UnitVerdict> CommitAsync(string key, bool refused)
    {
        var unit = StoreUnits.Make(store, key, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        var outcome = await store.CommitAsync(unit);
        _unknown |= outcome.Verdict == UnitVerdict.Unknown;
        Tell(outcome.Verdict switch
        {
            UnitVerdict.Committed => $"{key} {Convert.ToBase64String(StoreUnits.AnswerOf(unit).Body.Span)}",
            UnitVerdict.Duplicate when refused => $"{key} !WrittenThoughFull",
            UnitVerdict.Duplicate => $"{key} {Convert.ToBase64String(outcome.Match!.Answer!.Body.Span)}",
            var verdict => $"{key} !{verdict}",
        });
        return outcome.Verdict;
    }

    private void Tell(string line)
    {
        lock (_output)
        {
            Console.Out.WriteLine(line);
            Console.Out.Flush();
        }
    }
}
