using Postroom.Storage;

namespace Postroom.Exchange;

/// <summary>When each stage of a POST ended: timestamps only, turned into durations when somebody asks.</summary>
internal sealed class StageClock
{
    private const int StagesMax = 12;
    private readonly string[] _names = new string[StagesMax];
    private readonly long[] _ends = new long[StagesMax];
    private int _count;
    private TimeProvider _time = TimeProvider.System;
    private long _startedAt;

    public void Begin(TimeProvider time)
    {
        _time = time;
        _startedAt = time.GetTimestamp();
        _count = 0;
    }

    public void Ended(string stage)
    {
        if (_count < StagesMax)
        {
            _names[_count] = stage;
            _ends[_count++] = _time.GetTimestamp();
        }
    }

    public TimeSpan Elapsed => _count == 0 ? TimeSpan.Zero : _time.GetElapsedTime(_startedAt, _ends[_count - 1]);

    public IReadOnlyList<StageTime> Stages()
    {
        var stages = new StageTime[_count];
        var last = _startedAt;
        for (var index = 0; index < _count; index++)
        {
            var duration = _time.GetElapsedTime(last, _ends[index]);
            stages[index] = new StageTime(_names[index], (long)duration.TotalMicroseconds);
            last = _ends[index];
        }

        return stages;
    }
}
