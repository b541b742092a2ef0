namespace Postroom.Browser.Tests;

/// <summary>The lines that a server has written, and a way to wait for one without asking again and again.</summary>
internal sealed class ServerLog
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private TaskCompletionSource _next = NewSignal();
    private bool _ended;

    public override string ToString()
    {
        lock (_gate)
        {
            return string.Join('\n', _lines);
        }
    }

    /// <summary>Takes one line; null says that the server has ended.</summary>
    public void Add(string? line)
    {
        TaskCompletionSource reached;
        lock (_gate)
        {
            _ended |= line is null;
            if (line is not null)
            {
                _lines.Add(line);
            }

            reached = _next;
            _next = NewSignal();
        }

        reached.SetResult();
    }

    public int Count(string text)
    {
        lock (_gate)
        {
            return _lines.Count(line => line.Contains(text, StringComparison.Ordinal));
        }
    }

    /// <summary>The first line for which <paramref name="read"/> has a value, now or when it comes.</summary>
    public async Task<T> FirstAsync<T>(Func<string, T?> read, string wanted)
        where T : class
    {
        for (var seen = 0; ;)
        {
            Task next;
            lock (_gate)
            {
                for (; seen < _lines.Count; seen++)
                {
                    if (read(_lines[seen]) is { } found)
                    {
                        return found;
                    }
                }

                Assert.False(_ended, $"The server ended without {wanted}. It wrote:\n{string.Join('\n', _lines)}");
                next = _next.Task;
            }

            await WaitAsync(next, wanted);
        }
    }

    public Task<string> LineWithAsync(string text) =>
        FirstAsync(line => line.Contains(text, StringComparison.Ordinal) ? line : null, $"a line with \"{text}\"");

    /// <summary>The same for so many lines in all.</summary>
    public Task LinesWithAsync(string text, int count) => FirstAsync(
        line => line.Contains(text, StringComparison.Ordinal) && --count == 0 ? line : null,
        $"{count} lines with \"{text}\"");

    private async Task WaitAsync(Task next, string wanted)
    {
        try
        {
            await next.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"The server did not write {wanted}. It wrote:\n{this}");
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
