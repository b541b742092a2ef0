using Microsoft.Extensions.Logging.Abstractions;
using Postroom.Sqlite.Traces;
using Postroom.Storage;
using Postroom.Storage.Memory;

namespace Postroom.Sqlite.Tests.Engine;

public sealed class MemoryTraceTests : TraceConformance
{
    [Fact]
    public async Task Only_the_newest_are_kept()
    {
        await using var store = new MemoryTraceStore(max: 2);
        var traces = new[] { New(null), New(null), New(null) };
        foreach (var trace in traces)
        {
            store.Record(trace);
        }

        Assert.Null(store.Find(traces[0].Id));
        Assert.NotNull(store.Find(traces[1].Id));
    }

    private protected override ITraceStore Open() => new MemoryTraceStore();
}

public sealed class SqliteTraceTests : TraceConformance, IDisposable
{
    private static readonly TimeSpan s_flush = TimeSpan.FromMilliseconds(250);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Traces_are_there_after_a_restart()
    {
        var trace = New("code", ("receiving", 5));
        await using (var store = Open())
        {
            store.Record(trace);
        }

        await using var again = Open();
        Assert.Equal(trace.Stages, again.Find(trace.Id)!.Stages);
        Assert.Single(again.Newest(10, true));
    }

    [Fact]
    public async Task A_full_queue_drops_and_counts_and_nobody_waits()
    {
        await using var store = Open(queueMax: 3);
        for (var i = 0; i < 5; i++)
        {
            store.Record(New(null));
        }

        Assert.Equal(2, store.Dropped);
        Assert.Equal(3, store.Newest(10, false).Count);
    }

    [Fact]
    public async Task No_more_than_so_many_are_kept()
    {
        var traces = Enumerable.Range(0, 10).Select(_ => New(null)).ToList();
        await using (var store = Open(rowsMax: 4))
        {
            traces.ForEach(store.Record);
        }

        await using var again = Open();
        Assert.Equal(traces[6..].Select(trace => trace.Id).Reverse(), again.Newest(10, false).Select(trace => trace.Id));
    }

    [Fact]
    public async Task Old_ones_are_forgotten()
    {
        var old = New(null);
        await using (var store = Open())
        {
            store.Record(old);
        }

        Time.Advance(TimeSpan.FromDays(8));
        await using (var store = Open())
        {
            store.Record(New(null));
        }

        await using var again = Open();
        Assert.Null(again.Find(old.Id));
        Assert.Single(again.Newest(10, false));
    }

    [Fact]
    public async Task A_damaged_file_is_begun_anew()
    {
        var garbage = new byte[8192];
        Array.Fill(garbage, (byte)'x');
        await File.WriteAllBytesAsync(_folder.File("traces.db"), garbage);

        await using var store = Open();
        var trace = New(null);
        store.Record(trace);
        Time.Advance(s_flush);

        Assert.NotNull(store.Find(trace.Id));
    }

    [Fact]
    public async Task A_closed_store_drops()
    {
        var store = Open();
        await store.DisposeAsync();

        store.Record(New(null));

        Assert.Equal(1, store.Dropped);
    }

    private protected override ITraceStore Open() => Open(1024);

    private SqliteTraceStore Open(int queueMax = 1024, int rowsMax = 100_000) =>
        SqliteTraceStore.Open(_folder.Path, Time, NullLogger.Instance, queueMax, rowsMax);
}
