namespace Postroom.Sqlite.Tests.Engine;

/// <summary>Hears of the store's points: counts them, waits for them, and holds the store at one when asked.</summary>
internal sealed class PointWatch : IStoreProbe
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _counts = [];
    private readonly List<(string Point, int Count, TaskCompletionSource Reached)> _awaited = [];
    private readonly ManualResetEventSlim _gate = new(true);
    private readonly List<string> _heard = [];
    private string? _heldAt;

    /// <summary>All points so far, in order.</summary>
    public IReadOnlyList<string> Heard
    {
        get
        {
            lock (_lock)
            {
                return [.. _heard];
            }
        }
    }

    public void Reached(string point)
    {
        var held = false;
        lock (_lock)
        {
            _heard.Add(point);
            var count = _counts[point] = _counts.GetValueOrDefault(point) + 1;
            foreach (var (_, _, reached) in _awaited.Where(wait => wait.Point == point && wait.Count <= count))
            {
                reached.TrySetResult();
            }

            held = point == _heldAt;
        }

        if (held)
        {
            _gate.Wait();
        }
    }

    public int Count(string point)
    {
        lock (_lock)
        {
            return _counts.GetValueOrDefault(point);
        }
    }

    /// <summary>Ends when the point was reached so often since the beginning.</summary>
    public Task WhenAsync(string point, int count)
    {
        lock (_lock)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_counts.GetValueOrDefault(point) >= count)
            {
                reached.SetResult();
            }

            _awaited.Add((point, count, reached));
            return reached.Task.WaitAsync(TimeSpan.FromMinutes(2));
        }
    }

    /// <summary>Holds the next thread that reaches the point until <see cref="Open"/>.</summary>
    public void HoldAt(string point)
    {
        lock (_lock)
        {
            _gate.Reset();
            _heldAt = point;
        }
    }

    public void Open()
    {
        lock (_lock)
        {
            _heldAt = null;
            _gate.Set();
        }
    }
}
