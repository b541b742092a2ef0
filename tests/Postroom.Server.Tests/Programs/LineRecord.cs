namespace Postroom.Server.Tests.Programs;

/// <summary>The lines that a program writes, kept, and waited for.</summary>
internal sealed class LineRecord
{
    private readonly List<string> _lines = [];
    private readonly Lock _lock = new();
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LineRecord(TextReader reader) => Ended = ReadAsync(reader);

    /// <summary>Done when the program has closed its end.</summary>
    public Task Ended { get; }

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    public override string ToString() => string.Join('\n', Lines);

    /// <summary>The first line, of those before and those to come, that is as asked.</summary>
    public async Task<string> WaitForAsync(Func<string, bool> wanted)
    {
        using var patience = new CancellationTokenSource(PostroomProgram.Patience);
        while (true)
        {
            var more = _more.Task;
            if (Lines.FirstOrDefault(wanted) is { } line)
            {
                return line;
            }

            if (Ended.IsCompleted && Lines.FirstOrDefault(wanted) is null)
            {
                throw new InvalidOperationException("The program ended before it wrote such a line. It wrote:\n" + this);
            }

            await Task.WhenAny(more, Ended).WaitAsync(patience.Token);
        }
    }

    private async Task ReadAsync(TextReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_lock)
            {
                _lines.Add(line);
            }

            Interlocked.Exchange(ref _more, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        }
    }
}
