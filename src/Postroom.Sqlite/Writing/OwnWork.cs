using Postroom.Storage;

namespace Postroom.Sqlite.Writing;

/// <summary>The store's own work with a result.</summary>
internal sealed class OwnWork<T>(Func<WriterSession, T> run) : Work
    where T : class
{
    private readonly TaskCompletionSource<T?> _promise = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    /// <summary>Ends after the commit; null when it had no effect.</summary>
    public Task<T?> Task => _promise.Task;

    public override void Execute(WriterSession session) => _result = run(session);

    public override void Settle(UnitOutcome outcome)
    {
        _result = default;
        IsSettled = true;
    }

    public override void Release() => _promise.SetResult(_result);
}
