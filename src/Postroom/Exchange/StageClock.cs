using System.Diagnostics;
using Postroom.Storage;

namespace Postroom.Exchange;

/// <summary>When each stage of a POST ended: timestamps only, turned into durations when somebody asks.</summary>
internal sealed class StageClock
{
    private const int StagesMax = 12;
    private readonly string[] _names = new string[StagesMax];
    private readonly long[] _ends = new long[StagesMax];
    private int _count;

    public long StartedAt { get; private set; }

    public void Begin(long timestamp)
    {
        StartedAt = timestamp;
        _count = 0;
    }

    public void Ended(string stage, long timestamp)
    {
        if (_count < StagesMax)
        {
            _names[_count] = stage;
            _ends[_count++] = timestamp;
        }
    }

    public TimeSpan Elapsed => _count == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(StartedAt, _ends[_count - 1]);

    public IReadOnlyList<StageTime> Stages()
    {
        var stages = new StageTime[_count];
        var last = StartedAt;
        for (var index = 0; index < _count; index++)
        {
            stages[index] = new StageTime(_names[index], (long)Stopwatch.GetElapsedTime(last, _ends[index]).TotalMicroseconds);
            last = _ends[index];
        }

        return stages;
    }
}
