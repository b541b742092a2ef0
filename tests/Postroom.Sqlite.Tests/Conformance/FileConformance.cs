using System.Text;
using Postroom.Storage;

namespace Postroom.Sqlite.Tests.Conformance;

/// <summary>What a store knows of the files that came with entries.</summary>
public abstract class FileConformance : PostStoreConformance
{
    [Fact]
    public async Task Files_come_back_with_their_entry_in_the_order_sent()
    {
        var entry = NewEntry() with { Files = [NewFile("/photos/1", 2), NewFile("/photos/0", 1), NewFile("/é~1", 0)] };
        await InsertAsync(entry);
        await InsertAsync(NewEntry());

        Assert.Equal(entry.Files, Find(entry.Id)!.Files);
        var listed = List(new EntryQuery { OldestFirst = true }).Entries;
        Assert.Equal(entry.Files, listed[0].Files);
        Assert.Empty(listed[1].Files);
    }

    [Fact]
    public async Task A_file_is_known_as_long_as_its_entry_is_there()
    {
        var file = NewFile("/cv", 10);
        Assert.False(Has(file.Id));

        var entry = await InsertAsync(NewEntry("k") with { Files = [file] });
        Assert.True(Has(file.Id));

        await CommitAsync(new DeleteEntry(entry.Id, KeepKey: true));
        Assert.False(Has(file.Id));
    }

    [Fact]
    public async Task A_refused_unit_leaves_no_file()
    {
        var first = NewEntry("k");
        await InsertAsync(first);
        var file = NewFile("/cv", 10);

        var outcome = await Store.CommitAsync(Sample.Keyed(NewEntry("k") with { Files = [file] }, Now));

        Assert.Equal(UnitVerdict.Duplicate, outcome.Verdict);
        Assert.False(Has(file.Id));
    }

    [Fact]
    public async Task A_purge_by_age_tells_which_files_are_left()
    {
        var old = NewFile("/cv", 10);
        var young = NewFile("/cv", 10);
        await InsertAsync(NewEntry() with { Files = [old] });
        Time.Advance(TimeSpan.FromDays(2));
        await InsertAsync(NewEntry() with { Files = [young] });
        var told = new List<EntryId>();

        await Store.PurgeAsync(
            new PurgeOrder
            {
                Now = Now,
                DeleteBefore = new Dictionary<string, long> { [Sample.Contact] = Now - Sample.Day },
                FileRemoved = told.Add,
            },
            CancellationToken.None);

        Assert.Equal([old.Id], told);
        Assert.False(Has(old.Id));
        Assert.True(Has(young.Id));
    }

    [Fact]
    public async Task The_bytes_of_files_count_when_space_is_bounded()
    {
        var files = new List<EntryFile>();
        for (var i = 0; i < 10; i++)
        {
            files.Add(NewFile("/cv", 1000));
            await InsertAsync(NewEntry() with { Document = Encoding.UTF8.GetBytes("{}"), Files = [files[i]] });
        }

        var told = new List<EntryId>();
        var order = new PurgeOrder { Now = Now, BytesMax = 10_020, FileRemoved = told.Add };
        Assert.Equal(0, (await Store.PurgeAsync(order, CancellationToken.None)).Entries);
        order = order with { BytesMax = 6_500 };
        Assert.Equal(4, (await Store.PurgeAsync(order, CancellationToken.None)).Entries);

        Assert.Equal(files.Take(4).Select(file => file.Id), told);
        Assert.True(Has(files[4].Id));
    }

    [Fact]
    public async Task Clearing_an_answer_leaves_the_bytes_of_files_counted()
    {
        var keyed = await InsertAsync(NewEntry("k") with { Files = [NewFile("/cv", 5000)] });
        Time.Advance(TimeSpan.FromDays(2));

        Assert.Equal(1, (await Store.PurgeAsync(new PurgeOrder { Now = Now }, CancellationToken.None)).Answers);
        var order = new PurgeOrder { Now = Now, BytesMax = 4000 };
        Assert.Equal(1, (await Store.PurgeAsync(order, CancellationToken.None)).Entries);

        Assert.Null(Find(keyed.Id));
    }

    [Fact]
    public async Task An_entry_has_at_most_a_thousand_files()
    {
        var files = Enumerable.Range(0, 1001).Select(_ => NewFile("/cv", 1)).ToList();

        await Assert.ThrowsAsync<ArgumentException>(async () => await InsertAsync(NewEntry() with { Files = files }));

        await InsertAsync(NewEntry() with { Files = files[1..] });
    }

    private EntryFile NewFile(string field, long size) => new(
        Store.Ids.Next(), field, "Lebenslauf – Größe.pdf", size, "application/pdf",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

    private bool Has(EntryId file)
    {
        using var reader = Store.Read();
        return reader.HasFile(file);
    }
}
