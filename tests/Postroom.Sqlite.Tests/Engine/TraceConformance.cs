using Postroom.Storage;

namespace Postroom.Sqlite.Tests.Engine;

/// <summary>What every store of traces does.</summary>
public abstract class TraceConformance
{
    private long _row = 1;

    internal FakeTime Time { get; } = new();

    [Fact]
    public async Task A_trace_is_found_whole()
    {
        await using var store = Open();
        var trace = New("parsing.json", ("receiving", 12), ("parsing", 3_000_000_000));
        store.Record(trace);

        var found = store.Find(trace.Id);

        Assert.NotNull(found);
        Assert.Equal(trace with { Stages = found.Stages }, found);
        Assert.Equal(trace.Stages, found.Stages);
        Assert.Null(store.Find(New(null).Id));
    }

    [Fact]
    public async Task The_newest_come_first_and_refused_ones_alone_when_asked()
    {
        await using var store = Open();
        var traces = new[] { New(null), New("a"), New(null), New("b") };
        foreach (var trace in traces)
        {
            store.Record(trace);
        }

        Assert.Equal([traces[3].Id, traces[2].Id, traces[1].Id], store.Newest(3, false).Select(trace => trace.Id));
        Assert.Equal([traces[3].Id, traces[1].Id], store.Newest(9, true).Select(trace => trace.Id));
    }

    private protected abstract ITraceStore Open();

    private protected PostTrace New(string? code, params (string Stage, long Microseconds)[] stages) => new(
        EntryId.FromRow(_row++, 0),
        "/api/contact",
        Time.Milliseconds,
        code is null ? 201 : 400,
        code,
        [.. stages.Select(stage => new StageTime(stage.Stage, stage.Microseconds))]);
}
