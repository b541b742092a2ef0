namespace Postroom.Tests.Declarations;

/// <summary>A clock whose timers fire when the test says that their time has come.</summary>
internal sealed class WatchTime : TimeProvider
{
    private readonly List<WatchTimer> _timers = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new WatchTimer(() => callback(state));
        timer.Change(dueTime, period);
        _timers.Add(timer);
        return timer;
    }

    /// <summary>Fires what is due within the time; returns how many timers fired.</summary>
    public int Pass(TimeSpan time) => _timers.Count(timer => timer.Pass(time));

    private sealed class WatchTimer(Action callback) : ITimer
    {
        private TimeSpan? _left;
        private bool _disposed;

        public bool Pass(TimeSpan time)
        {
            _left -= time;
            if (_disposed || _left is not { } left || left > TimeSpan.Zero)
            {
                return false;
            }

            _left = null;
            callback();
            return true;
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _left = dueTime < TimeSpan.Zero ? null : dueTime;
            return !_disposed;
        }

        public void Dispose() => _disposed = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
