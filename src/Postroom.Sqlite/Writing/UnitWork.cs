using System.Diagnostics;
using System.Threading.Tasks.Sources;
using Postroom.Storage;
using Postroom.Storage.Records;

namespace Postroom.Sqlite.Writing;

/// <summary>A unit on its way, and the promise that its caller awaits. Pooled by thread.</summary>
internal sealed class UnitWork : Work, IValueTaskSource<UnitOutcome>
{
    private const int KeptByThread = 256;

    [ThreadStatic]
    private static Stack<UnitWork>? t_kept;

    // Continuations run inside Release, which is never called on the writer.
    private ManualResetValueTaskSourceCore<UnitOutcome> _promise;
    private PostUnit? _unit;
    private UnitOutcome? _outcome;

    private UnitWork()
    {
    }

    /// <summary>What the caller awaits, once.</summary>
    public ValueTask<UnitOutcome> Task => new(this, _promise.Version);

    public static UnitWork Rent(PostUnit unit)
    {
        var work = (t_kept ??= new Stack<UnitWork>()).TryPop(out var kept) ? kept : new UnitWork();
        work._unit = unit;
        work.Bytes = Size(unit);
        return work;
    }

    /// <summary>Gives the work back unawaited: it never came into the queue.</summary>
    public void Return()
    {
        Next = null;
        IsSettled = false;
        _unit = null;
        _outcome = null;
        _promise.Reset();
        var kept = t_kept ??= new Stack<UnitWork>();
        if (kept.Count < KeptByThread)
        {
            kept.Push(this);
        }
    }

    public override void Execute(WriterSession session)
    {
        Debug.Assert(_unit is not null, "A unit runs between Rent and Return.");
        _outcome = session.Run(_unit);
    }

    public override void Settle(UnitOutcome outcome)
    {
        _outcome = outcome;
        IsSettled = true;
    }

    public override void Release()
    {
        _unit = null;
        _promise.SetResult(_outcome ?? UnitOutcome.Unknown);
    }

    UnitOutcome IValueTaskSource<UnitOutcome>.GetResult(short token)
    {
        var outcome = _promise.GetResult(token);
        Return();
        return outcome;
    }

    ValueTaskSourceStatus IValueTaskSource<UnitOutcome>.GetStatus(short token) => _promise.GetStatus(token);

    void IValueTaskSource<UnitOutcome>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _promise.OnCompleted(continuation, state, token, flags);

    private static int Size(PostUnit unit)
    {
        var size = 0L;
        for (var i = 0; i < unit.Writes.Count; i++)
        {
            size += unit.Writes[i] switch
            {
                InsertEntry { Entry: var entry } =>
                    entry.Document.Length + (entry.Answer?.Body.Length ?? 0) + entry.Body.Length,
                InsertRecord { Record: var record } => record.Document.Length,
                ReplaceRecord { Record: var record } => record.Document.Length,
                _ => 0,
            };
        }

        return (int)Math.Min(size, int.MaxValue);
    }
}
