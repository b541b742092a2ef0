using System.IO.Pipelines;
using Postroom.Declarations;

namespace Postroom.Parsing;

/// <summary>
/// A body that may not keep us waiting: neither longer than <c>bodyTime</c> in all, nor so that it falls behind
/// <c>minimumRate</c> by more than its grace. Only the time in which nothing has come counts, so that nobody pays for a
/// server that is busy. Bytes win time at the minimum rate, but never more than the grace: what came fast at first is
/// no reason to wait longer at the end.
/// </summary>
internal sealed class TimedBody(PipeReader source, LimitsDeclaration limits, TimeProvider time)
    : PipeReader, IDisposable
{
    private CancellationTokenSource? _patience;
    private ReadResult _last;
    private long _known;
    private TimeSpan _timeLeft = limits.BodyTime;
    private TimeSpan _grace = limits.MinimumRateGrace;

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        TryRead(out var result) ? new(result) : WaitAsync();

    public override bool TryRead(out ReadResult result)
    {
        if (!source.TryRead(out result))
        {
            return false;
        }

        Credit(result);
        return true;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        _known = _last.Buffer.Slice(consumed).Length;
        source.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => source.CancelPendingRead();

    public override void Complete(Exception? exception = null) => source.Complete(exception);

    public void Dispose() => _patience?.Dispose();

    private async ValueTask<ReadResult> WaitAsync()
    {
        var isRate = limits.MinimumRate is not null && _grace < _timeLeft;
        var patience = Arm(isRate ? _grace : _timeLeft);
        var started = time.GetTimestamp();
        var result = await ReadAsync(patience);
        if (patience.IsCancellationRequested)
        {
            source.AdvanceTo(result.Buffer.Start);
            throw new BodyException(isRate ? SlowBodyFault.Rate(limits) : SlowBodyFault.Time(limits));
        }

        patience.CancelAfter(Timeout.InfiniteTimeSpan);
        var waited = time.GetElapsedTime(started);
        _timeLeft -= waited;
        _grace -= waited;
        Credit(result);
        return result;
    }

    /// <summary>
    /// The read is ended from outside and not by its token: by that the server would take it for one that still goes
    /// on, and log a fault of its own when it reads what is left.
    /// </summary>
    private async ValueTask<ReadResult> ReadAsync(CancellationTokenSource patience)
    {
        using var end = patience.Token.UnsafeRegister(
            static reader => ((PipeReader)reader!).CancelPendingRead(), source);
        return await source.ReadAsync(CancellationToken.None);
    }

    private CancellationTokenSource Arm(TimeSpan left)
    {
        left = left > TimeSpan.Zero ? left : TimeSpan.Zero;
        if (_patience is null)
        {
            return _patience = new CancellationTokenSource(left, time);
        }

        _patience.CancelAfter(left);
        return _patience;
    }

    private void Credit(in ReadResult result)
    {
        _last = result;
        var length = result.Buffer.Length;
        if (limits.MinimumRate is { } rate)
        {
            var won = TimeSpan.FromSeconds((length - _known) / (double)rate);
            _grace = won < limits.MinimumRateGrace - _grace ? _grace + won : limits.MinimumRateGrace;
        }

        _known = length;
    }
}
