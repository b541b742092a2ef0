using Postroom.Storage;

namespace Postroom.Hosting;

/// <summary>
/// Removes files that no entry names: what is left of a crash between a file and its commit, and of a POST whose
/// outcome nobody knew.
/// </summary>
internal sealed class FileSweep(IPostStore store, IFileStore files, TimeProvider time)
{
    /// <summary>Longer than any POST takes from its first file to its commit.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    private static readonly TimeSpan Period = TimeSpan.FromHours(1);
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    /// <summary>Sweeps when it is time to; tells how many files went.</summary>
    public async ValueTask<int> RunAsync(CancellationToken stop)
    {
        var now = time.GetUtcNow();
        if (now < _next)
        {
            return 0;
        }

        _next = now + Period;
        var swept = 0;
        await foreach (var file in files.ListOlderAsync(now - Grace, stop))
        {
            if (!IsNamed(file))
            {
                await files.DeleteAsync(file);
                swept++;
            }
        }

        return swept;
    }

    private bool IsNamed(EntryId file)
    {
        using var reader = store.Read();
        return reader.HasFile(file);
    }
}
