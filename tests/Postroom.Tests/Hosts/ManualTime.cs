namespace Postroom.Tests.Hosts;

/// <summary>A clock that stands until a test moves it. Timers fire when their time is reached, on the mover's thread.</summary>
public sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = start;

    public ManualTime()
        : this(new DateTimeOffset(2030, 1, 31, 12, 0, 0, TimeSpan.Zero))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public void Advance(TimeSpan by)
    {
        var target = GetUtcNow() + by;
        while (true)
        {
            ManualTimer? due;
            lock (_lock)
            {
                due = _timers.Where(timer => timer.DueAt <= target).MinBy(timer => timer.DueAt);
                _now = due is null ? target : due.DueAt > _now ? due.DueAt : _now;
            }

            if (due is null)
            {
                return;
            }

            due.Fire();
        }
    }

    /// <summary>Completes when somebody has begun to wait, so that a test can move the clock without guessing.</summary>
    public Task TimerMadeAsync(Func<TimeSpan, bool> waits) => Patience.UntilAsync(() => IsAwaited(waits), "a timer");

    /// <summary>True while somebody waits so long.</summary>
    public bool IsAwaited(Func<TimeSpan, bool> waits)
    {
        lock (_lock)
        {
            return _timers.Any(timer => waits(timer.DueAt - _now));
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class ManualTimer(ManualTime time, Action callback) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset DueAt { get; private set; }

        public void Fire()
        {
            lock (time._lock)
            {
                if (!time._timers.Contains(this))
                {
                    return;
                }

                if (_period > TimeSpan.Zero)
                {
                    DueAt += _period;
                }
                else
                {
                    time._timers.Remove(this);
                }
            }

            callback();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                time._timers.Remove(this);
                if (dueTime >= TimeSpan.Zero)
                {
                    DueAt = time._now + dueTime;
                    _period = period;
                    time._timers.Add(this);
                }
            }

            return true;
        }

        public void Dispose()
        {
            lock (time._lock)
            {
                time._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
