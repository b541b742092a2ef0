using Postroom.Inbox;
using Postroom.Storage;

namespace Postroom.Tests.Inbox;

public sealed class EntryCountsTests
{
    private readonly SetTime _time = new();
    private int _counted;

    [Fact]
    public void A_count_is_kept_twenty_times_as_long_as_it_took()
    {
        var counts = new EntryCounts(() => Count(TimeSpan.FromSeconds(1)), _time);
        counts.Take();
        _time.Now += TimeSpan.FromSeconds(19.9);
        counts.Take();
        Assert.Equal(1, _counted);
        _time.Now += TimeSpan.FromSeconds(0.1);
        counts.Take();
        Assert.Equal(2, _counted);
    }

    [Fact]
    public void A_count_that_takes_no_time_is_taken_anew()
    {
        var counts = new EntryCounts(() => Count(TimeSpan.Zero), _time);
        Assert.Equal(1, Assert.Single(counts.Take()).Count);
        Assert.Equal(2, Assert.Single(counts.Take()).Count);
    }

    [Fact]
    public void After_an_action_it_is_counted_anew()
    {
        var counts = new EntryCounts(() => Count(TimeSpan.FromSeconds(1)), _time);
        counts.Take();
        counts.Forget();
        counts.Take();
        Assert.Equal(2, _counted);
    }

    private IReadOnlyList<EntryCount> Count(TimeSpan duration)
    {
        _time.Now += duration;
        return [new EntryCount("/api/contact", EntryState.Stored, ++_counted)];
    }
}
