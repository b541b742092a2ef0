using System.Threading.Channels;
using Postroom.Faults;
using Postroom.Storage;

namespace Postroom.Postgres.Writing;

/// <summary>
/// Where units wait for a writer: bounded by count and bytes, so that a slow database is felt at once.
/// </summary>
internal sealed class UnitQueue(int max, long bytesMax)
{
    private readonly Channel<UnitWork> _plain = Channel.CreateUnbounded<UnitWork>();
    private readonly Channel<UnitWork> _alone =
        Channel.CreateUnbounded<UnitWork>(new UnboundedChannelOptions { SingleReader = true });

    private readonly UnitOutcome _tooMany = UnitOutcome.Busy with { Limit = new LimitFault("limits.queue", max) };
    private readonly UnitOutcome _tooLarge =
        UnitOutcome.Busy with { Limit = new LimitFault("limits.queueBytes", bytesMax) };

    private long _bytes;
    private int _count;

    /// <summary>Units that many writers take, several at a time.</summary>
    public ChannelReader<UnitWork> Plain => _plain.Reader;

    /// <summary>Units with statements, which one writer takes one by one.</summary>
    public ChannelReader<UnitWork> Alone => _alone.Reader;

    public ValueTask<UnitOutcome> AddAsync(PostUnit unit)
    {
        var work = new UnitWork(unit);
        var count = Interlocked.Increment(ref _count);
        var bytes = Interlocked.Add(ref _bytes, work.Bytes);
        var refused = count == 1 ? null : count > max ? _tooMany : bytes > bytesMax ? _tooLarge : null;
        if (refused is null && (work.HasStatements ? _alone : _plain).Writer.TryWrite(work))
        {
            return work.Task;
        }

        Began(work);
        return new(refused ?? UnitOutcome.Busy);
    }

    /// <summary>Says that a unit no longer waits.</summary>
    public void Began(UnitWork work)
    {
        Interlocked.Decrement(ref _count);
        Interlocked.Add(ref _bytes, -work.Bytes);
    }

    /// <summary>Lets nothing in any more; the writers end when they have done what waits.</summary>
    public void Close()
    {
        _plain.Writer.TryComplete();
        _alone.Writer.TryComplete();
    }
}
