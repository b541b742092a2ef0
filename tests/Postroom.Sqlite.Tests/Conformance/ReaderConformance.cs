using Postroom.Storage;

namespace Postroom.Sqlite.Tests.Conformance;

/// <summary>What a view shows, and how entries are listed.</summary>
public abstract class ReaderConformance : PostStoreConformance
{
    [Fact]
    public async Task A_view_stays_at_its_moment()
    {
        var before = await InsertAsync(NewEntry());
        using var reader = Store.Read();

        var after = await InsertAsync(NewEntry());
        await CommitAsync(new SetEntryState(before.Id, EntryState.Held, "x"));

        Assert.Null(reader.FindEntry(after.Id));
        Assert.Equal(EntryState.Stored, reader.FindEntry(before.Id)!.State);
        Assert.Single(reader.ListEntries(new EntryQuery()).Entries);
        Assert.Equal(EntryState.Held, Find(before.Id)!.State);
    }

    [Fact]
    public async Task Entries_are_listed_newest_first_or_oldest_first()
    {
        var ids = await InsertManyAsync(5);

        Assert.Equal(ids.Reverse(), Ids(new EntryQuery()));
        Assert.Equal(ids, Ids(new EntryQuery { OldestFirst = true }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pages_follow_each_other_without_gap_or_overlap_while_entries_arrive(bool oldestFirst)
    {
        var ids = await InsertManyAsync(7);
        var seen = new List<EntryId>();
        EntryId? after = null;
        do
        {
            var page = List(new EntryQuery { Limit = 3, After = after, OldestFirst = oldestFirst });
            seen.AddRange(page.Entries.Select(entry => entry.Id));
            after = page.Next;
            if (seen.Count == 3 && !oldestFirst)
            {
                await InsertAsync(NewEntry());
            }
        }
        while (after is not null);

        Assert.Equal(oldestFirst ? ids : ids.Reverse(), seen);
    }

    [Fact]
    public async Task The_last_page_says_so_even_when_it_is_full()
    {
        await InsertManyAsync(3);

        Assert.Null(List(new EntryQuery { Limit = 3 }).Next);
        Assert.NotNull(List(new EntryQuery { Limit = 2 }).Next);
    }

    [Fact]
    public async Task Entries_are_picked_by_endpoint_state_and_text()
    {
        var held = await InsertAsync(NewEntry(document: """{"name":"GRACE"}""") with
        {
            State = EntryState.Held,
            Reason = "links",
        });
        var order = await InsertAsync(NewEntry(document: """{"name":"Grace"}""") with { Endpoint = Sample.Order });
        await InsertAsync(NewEntry());

        Assert.Equal([held.Id], Ids(new EntryQuery { State = EntryState.Held }));
        Assert.Equal([order.Id], Ids(new EntryQuery { Endpoint = Sample.Order }));
        Assert.Equal([held.Id], Ids(new EntryQuery { Reason = "links" }));
        Assert.Empty(Ids(new EntryQuery { Reason = "link" }));
        Assert.Equal([order.Id, held.Id], Ids(new EntryQuery { Text = "grace" }));
        Assert.Equal([held.Id], Ids(new EntryQuery { Text = "grace", Endpoint = Sample.Contact }));
        Assert.Empty(Ids(new EntryQuery { Text = "nobody" }));
    }

    [Theory]
    [InlineData("É", false)]
    [InlineData("é", true)]
    [InlineData("%", false)]
    [InlineData("_", false)]
    [InlineData("ada", true)]
    [InlineData("aDa", true)]
    [InlineData("da\"}", true)]
    [InlineData("", true)]
    public async Task Text_is_searched_as_it_is_without_regard_to_ascii_case(string text, bool found)
    {
        await InsertAsync(NewEntry(document: """{"café":"aada","name":"Ada"}"""));

        Assert.Equal(found, Ids(new EntryQuery { Text = text }).Any());
    }

    [Fact]
    public async Task A_search_stops_after_enough_rows_and_goes_on_from_there()
    {
        var first = await InsertAsync(NewEntry(document: """{"name":"Grace"}"""));
        await InsertManyAsync(10);

        var page = List(new EntryQuery { Text = "grace", ScanMax = 4 });
        Assert.Empty(page.Entries);
        Assert.NotNull(page.Next);
        var pages = 1;
        while (page.Next is { } next && page.Entries.Count == 0)
        {
            page = List(new EntryQuery { Text = "grace", ScanMax = 4, After = next });
            pages++;
        }

        Assert.Equal([first.Id], page.Entries.Select(entry => entry.Id));
        Assert.Equal(3, pages);
    }

    [Fact]
    public async Task A_full_page_without_a_further_match_is_the_last()
    {
        await InsertManyAsync(3);
        await InsertAsync(NewEntry() with { Endpoint = Sample.Order });

        Assert.Null(List(new EntryQuery { Endpoint = Sample.Order, Limit = 1 }).Next);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public void A_page_has_1_to_1000_entries(int limit) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => List(new EntryQuery { Limit = limit }));

    [Fact]
    public async Task Entries_are_listed_by_their_ids_whatever_the_order_of_their_commits()
    {
        var (first, second, third) = (NewEntry(), NewEntry(), NewEntry());
        await InsertAsync(third);
        await InsertAsync(first);
        await InsertAsync(second);

        Assert.Equal([first.Id, second.Id, third.Id], Ids(new EntryQuery { OldestFirst = true }));
    }

    private async Task<EntryId[]> InsertManyAsync(int count)
    {
        var ids = new EntryId[count];
        for (var i = 0; i < count; i++)
        {
            ids[i] = (await InsertAsync(NewEntry())).Id;
        }

        return ids;
    }

    private IEnumerable<EntryId> Ids(EntryQuery query) => List(query).Entries.Select(entry => entry.Id);
}
