using Postroom.Storage.Records;

namespace Postroom.Endpoints.Resources.Changes;

/// <summary>What the followers of one table wait for.</summary>
internal sealed class ChangeWatch(RecordTable table)
{
    private TaskCompletionSource _next = New();

    public RecordTable Table { get; set; } = table;

    /// <summary>How many wait.</summary>
    public int Followers { get; set; }

    /// <summary>The newest change when somebody looked last.</summary>
    public long Last { get; set; } = -1;

    /// <summary>Completes with the next change: take it before the log is read, so that none falls between.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Pulse() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
