using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Postroom.Files;
using Postroom.Sqlite.Erasing;
using Postroom.Sqlite.Tests.Engine;
using Postroom.Sqlite.Traces;
using Postroom.Storage;

namespace Postroom.Sqlite.Tests.Erasing;

/// <summary>An order is carried out beside units, can be repeated, and leaves nothing where it can reach.</summary>
public sealed class ErasureTests : EngineTest
{
    private const string Mark = "unmistakable-word";

    [Fact]
    public async Task What_is_erased_is_in_no_page_of_the_file_and_not_in_the_log()
    {
        var entries = new List<EntryId>();
        for (var number = 0; number < 450; number++)
        {
            // Some lie in one page with others, some fill pages of their own.
            var padding = new string('x', number % 5 == 0 ? 20_000 : 10);
            var entry = NewEntry($"key-{number}", $$"""{"name":"{{Mark}} {{number}}","more":"{{padding}}"}""");
            await PostAsync(entry);
            await PostAsync(NewEntry($"other-{number}", $$"""{"name":"stays {{number}}"}"""));
            entries.Add(entry.Id);
        }

        var far = new List<EraseProgress>();
        var receipt = await RunAsync(new EraseOrder([.. entries.Select(id => id.ToString())], []), far.Add);
        Assert.Equal(new EraseReceipt(450, 0, IsLogEmpty: true), receipt);
        Assert.Equal([0, 200, 400, 450], far.Select(progress => progress.Done));
        Assert.False(Holds("postroom.db") || Holds("postroom.db-wal"));
        using var reader = Store.Read();
        Assert.Equal(450, reader.ListEntries(new EntryQuery { Limit = 1000 }).Entries.Count);
        Assert.NotNull(Found("key-7"));
    }

    [Fact]
    public async Task It_can_be_carried_out_again_and_what_is_gone_is_no_fault()
    {
        var entry = NewEntry("key");
        await PostAsync(entry);
        var order = new EraseOrder([entry.Id.ToString(), Store.Ids.Next().ToString(), "no id"], []);
        Assert.Equal(1, (await RunAsync(order))!.Entries);
        Assert.Equal(0, (await RunAsync(order))!.Entries);
    }

    [Fact]
    public async Task What_was_moved_by_a_change_before_is_overwritten_as_well()
    {
        var entry = NewEntry("key", $$"""{"name":"{{Mark}}"}""") with { State = EntryState.Held, Reason = "links" };
        await PostAsync(entry);
        await Store.CommitAsync(new PostUnit
        {
            Guards = [],
            Writes = [new SetEntryState(entry.Id, EntryState.Held, new string('r', 5_000))],
        });
        await Store.CommitAsync(new PostUnit { Guards = [], Writes = [new SetEntryState(entry.Id, EntryState.Stored, null)] });
        await RunAsync(new EraseOrder([entry.Id.ToString()], []));
        Assert.False(Holds("postroom.db") || Holds("postroom.db-wal"));
    }

    [Fact]
    public async Task Files_go_with_it_and_those_that_a_row_names_stay()
    {
        await using var files = new DiskFileStore(Folder.File("files"));
        var (gone, left, named) = (await FileAsync(files), await FileAsync(files), await FileAsync(files));
        var entry = NewEntry() with { Files = [gone] };
        await PostAsync(entry);
        await PostAsync(NewEntry() with { Files = [named] });

        // As after a crash: the order names a file whose row is gone already, and one of somebody else.
        var order = new EraseOrder([entry.Id.ToString()], [left.Id.ToString(), named.Id.ToString()]);
        Assert.Equal(2, (await RunAsync(order, files: files))!.Files);
        Assert.Null(await files.OpenAsync(gone.Id));
        Assert.Null(await files.OpenAsync(left.Id));
        await using var stays = await files.OpenAsync(named.Id);
        Assert.NotNull(stays);
    }

    [Fact]
    public async Task A_reader_that_keeps_the_log_is_told_of_and_stops_nobody()
    {
        await PostAsync(NewEntry("key"));
        using (var reader = Store.Read())
        {
            _ = reader.CountEntries();
            await PostAsync(NewEntry("other"));
            Assert.False(await Store.EmptyLogAsync());
            Assert.Equal(UnitVerdict.Committed, (await PostAsync("third")).Verdict);
        }

        Assert.True(await Store.EmptyLogAsync());
        Assert.Equal(0, new FileInfo(Folder.File("postroom.db-wal")).Length);
    }

    [Fact]
    public async Task A_store_that_is_closed_takes_no_part_of_an_order()
    {
        await Store.DisposeAsync();
        Assert.Null(await RunAsync(new EraseOrder([EntryId.FromRow(1, 0).ToString()], [])));
    }

    [Fact]
    public async Task Traces_go_also_those_that_wait_to_be_written()
    {
        await using var traces = SqliteTraceStore.Open(Folder.Path, Time, NullLogger.Instance);
        var (erased, other) = (Store.Ids.Next(), Store.Ids.Next());
        traces.Record(Trace(erased));
        traces.Record(Trace(other));
        traces.Erase([erased]);
        Assert.Null(traces.Find(erased));
        Assert.NotNull(traces.Find(other));
    }

    private static PostTrace Trace(EntryId id) => new(id, "/api/contact", 1, 201, null, []);

    private static async Task<EntryFile> FileAsync(DiskFileStore files, SqlitePostStore store)
    {
        var id = store.Ids.Next();
        await using var writer = await files.CreateAsync(id);
        writer.End();
        await writer.CompleteAsync();
        return new EntryFile(id, "/cv", "cv.txt", 0, "text/plain", writer.Digest);
    }

    private Task<EntryFile> FileAsync(DiskFileStore files) => FileAsync(files, Store);

    private Task<EraseReceipt?> RunAsync(
        EraseOrder order, Action<EraseProgress>? progress = null, IFileStore? files = null) =>
        new Erasure(Store, files ?? new DiskFileStore(Folder.File("files")), _ => { }, Time)
            .RunAsync(order, progress ?? (_ => { }), CancellationToken.None);

    private bool Holds(string file)
    {
        using var stream = new FileStream(
            Folder.File(file), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Mark)) >= 0;
    }
}
