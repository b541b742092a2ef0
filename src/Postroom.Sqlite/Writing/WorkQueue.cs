using Postroom.Faults;
using Postroom.Storage;

namespace Postroom.Sqlite.Writing;

/// <summary>
/// From many threads to one: a linked stack that the writer takes whole and turns round. Who adds wakes the writer only
/// when it sleeps, so that a busy writer costs its callers one exchange each.
/// </summary>
internal sealed class WorkQueue(int max, long bytesMax) : IDisposable
{
    // Count and bytes in one number, so that both are kept by one exchange: 20 bits of the one above 43 of the other.
    private const int BytesBits = 43;
    private const long One = 1L << BytesBits;

    private static readonly Work s_closed = new Closed();

    private readonly UnitOutcome _tooMany = UnitOutcome.Busy with { Limit = new LimitFault("limits.queue", max) };
    private readonly UnitOutcome _tooLarge =
        UnitOutcome.Busy with { Limit = new LimitFault("limits.queueBytes", bytesMax) };

    private readonly ManualResetEventSlim _awake = new(false, spinCount: 0);
    private Work? _newest;
    private long _waiting;
    private int _sleeping;
    private int _closing;

    /// <summary>True when nothing more is taken in.</summary>
    public bool IsClosing => Volatile.Read(ref _closing) != 0;

    /// <summary>
    /// Adds unless the queue is full or closing; null when it was added, else what to say. One work alone always fits.
    /// </summary>
    public UnitOutcome? TryAdd(Work work)
    {
        var waiting = Interlocked.Add(ref _waiting, One + work.Bytes);
        var refused = JudgeRoom(waiting) ?? (!IsClosing && Push(work) ? null : UnitOutcome.Busy);
        if (refused is not null)
        {
            Began(1, work.Bytes);
        }

        return refused;
    }

    /// <summary>Adds the store's own work, of which there is never much. False when the queue is closed.</summary>
    public bool AddOwn(Work work)
    {
        Interlocked.Add(ref _waiting, One);
        return Push(work);
    }

    /// <summary>Takes all that waits, the oldest first, or null.</summary>
    public Work? TakeAll() => Turn(Interlocked.Exchange(ref _newest, null));

    /// <summary>Takes all that waits and lets nothing in any more.</summary>
    public Work? TakeLast() => Turn(Interlocked.Exchange(ref _newest, s_closed));

    /// <summary>Says that so many, of so many bytes, no longer wait.</summary>
    public void Began(int count, long bytes) => Interlocked.Add(ref _waiting, -((count * One) + bytes));

    /// <summary>Sleeps until there is something or the queue closes. Only the writer calls it.</summary>
    public void Sleep()
    {
        _awake.Reset();
        Interlocked.Exchange(ref _sleeping, 1);
        if (Volatile.Read(ref _newest) is not null || IsClosing)
        {
            Volatile.Write(ref _sleeping, 0);
            return;
        }

        _awake.Wait();
    }

    /// <summary>Asks the writer to end when it has done what waits.</summary>
    public void Close()
    {
        Volatile.Write(ref _closing, 1);
        _awake.Set();
    }

    public void Dispose() => _awake.Dispose();

    private UnitOutcome? JudgeRoom(long waiting)
    {
        var count = waiting >> BytesBits;
        return count == 1 ? null : count > max ? _tooMany : (waiting & (One - 1)) > bytesMax ? _tooLarge : null;
    }

    private bool Push(Work work)
    {
        var newest = Volatile.Read(ref _newest);
        while (true)
        {
            if (ReferenceEquals(newest, s_closed))
            {
                return false;
            }

            work.Next = newest;
            var seen = Interlocked.CompareExchange(ref _newest, work, newest);
            if (ReferenceEquals(seen, newest))
            {
                break;
            }

            newest = seen;
        }

        if (Volatile.Read(ref _sleeping) == 1 && Interlocked.Exchange(ref _sleeping, 0) == 1)
        {
            _awake.Set();
        }

        return true;
    }

    private static Work? Turn(Work? newest)
    {
        Work? oldest = null;
        while (newest is not null && !ReferenceEquals(newest, s_closed))
        {
            var next = newest.Next;
            newest.Next = oldest;
            oldest = newest;
            newest = next;
        }

        return oldest;
    }

    /// <summary>The end of the list once nothing comes in any more.</summary>
    private sealed class Closed : Work
    {
        public override void Execute(WriterSession session)
        {
        }

        public override void Settle(UnitOutcome outcome)
        {
        }

        public override void Release()
        {
        }
    }
}
