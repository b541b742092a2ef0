using Postroom.Storage;

namespace Postroom.Inbox;

/// <summary>
/// How many entries there are. Counting may walk every row, so a count is kept twenty times as long as it took: a small
/// store counts anew for every page, and a large one spends a twentieth of one core at most.
/// </summary>
internal sealed class EntryCounts(Func<IReadOnlyList<EntryCount>> count, TimeProvider time)
{
    private const int KeepFactor = 20;

    private readonly Lock _lock = new();
    private IReadOnlyList<EntryCount> _counts = [];
    private long _takenAt;
    private TimeSpan _keep = TimeSpan.MinValue;

    public IReadOnlyList<EntryCount> Take()
    {
        lock (_lock)
        {
            if (_keep > TimeSpan.Zero && time.GetElapsedTime(_takenAt) < _keep)
            {
                return _counts;
            }

            var start = time.GetTimestamp();
            _counts = count();
            _takenAt = time.GetTimestamp();
            _keep = time.GetElapsedTime(start, _takenAt) * KeepFactor;
            return _counts;
        }
    }

    /// <summary>Forgets the count, after an action that changes it.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _keep = TimeSpan.MinValue;
        }
    }
}
