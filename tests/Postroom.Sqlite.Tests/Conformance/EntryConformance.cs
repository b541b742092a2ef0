using System.Text;
using Postroom.Storage;

namespace Postroom.Sqlite.Tests.Conformance;

/// <summary>What comes in comes back, and how it is changed and removed.</summary>
public abstract class EntryConformance : PostStoreConformance
{
    [Fact]
    public async Task An_entry_comes_back_in_every_part()
    {
        var entry = new Entry
        {
            Id = Store.Ids.Next(),
            Endpoint = "/api/größe",
            State = EntryState.Held,
            Reason = "repeat",
            Evidence = "repeat: größe\nlinks: 4",
            Control = Sample.Utf8("""{"_subject":"Größe"}"""),
            ReceivedAt = Now,
            Document = Sample.Utf8("""{ "n": 123456789012345678901, "s": "\u0000 é 😀" }"""),
            MediaType = "application/json",
            Key = Sample.Key("k"),
            Fingerprint = Sample.Print("f"),
            ExpiresAt = Now + Sample.Day,
            Answer = new StoredAnswer(201, Sample.Utf8("{}"), "/thanks", "/api/x/1"),
            Owner = "ada",
            Agent = "curl/8",
            Address = "192.0.2.0",
            Origin = "https://example.com",
            RepeatOf = Store.Ids.Next(),
        };
        await InsertAsync(entry);

        AssertSame(entry, Find(entry.Id));
    }

    [Fact]
    public async Task An_entry_with_nothing_but_what_it_must_have_comes_back()
    {
        var entry = new Entry { Id = Store.Ids.Next(), Endpoint = "/", ReceivedAt = 0, Document = default };
        await InsertAsync(entry);

        AssertSame(entry, Find(entry.Id));
    }

    [Fact]
    public async Task A_part_that_the_entry_before_had_is_not_left_over()
    {
        await InsertAsync(NewEntry("k") with
        {
            Owner = "ada", Reason = "r", Agent = "a", Origin = "o", Address = "x", Evidence = "e",
            Control = Sample.Utf8("{}"),
        });
        var bare = new Entry { Id = Store.Ids.Next(), Endpoint = "/", ReceivedAt = 0, Document = Sample.Utf8("{}") };
        await InsertAsync(bare);

        AssertSame(bare, Find(bare.Id));
    }

    [Theory]
    [InlineData(4_000)]
    [InlineData(70_000)]
    [InlineData(2_000_000)]
    public async Task A_document_of_any_size_comes_back_byte_for_byte(int size)
    {
        var document = new byte[size];
        new Random(size).NextBytes(document);
        var text = Sample.Utf8($"\"{Convert.ToBase64String(document)}\"");
        var entry = NewEntry() with { Document = text };
        await InsertAsync(entry);

        Assert.Equal(text, Find(entry.Id)!.Document.ToArray());
    }

    [Fact]
    public void An_id_that_no_entry_has_is_not_found() => Assert.Null(Find(Store.Ids.Next()));

    [Fact]
    public async Task An_id_with_a_known_row_but_other_random_bits_is_not_found()
    {
        var entry = await InsertAsync(NewEntry());

        Assert.Null(Find(entry.Id with { Low = entry.Id.Low ^ 1 }));
    }

    [Fact]
    public async Task A_second_entry_with_the_same_row_fails_whole_and_the_first_stays()
    {
        var entry = await InsertAsync(NewEntry());
        var other = NewEntry();

        var outcome = await Store.CommitAsync(Sample.Unit(
            new InsertEntry(other), new InsertEntry(entry with { Endpoint = "/other" })));

        Assert.Equal(UnitVerdict.Failed, outcome.Verdict);
        Assert.NotNull(outcome.Error);
        Assert.Null(Find(other.Id));
        Assert.Equal(Sample.Contact, Find(entry.Id)!.Endpoint);
    }

    [Fact]
    public async Task Moving_an_entry_sets_its_state_and_reason()
    {
        var entry = await InsertAsync(NewEntry() with { State = EntryState.Held, Reason = "spam" });

        await CommitAsync(new SetEntryState(entry.Id, EntryState.Stored, null));

        Assert.Equal(EntryState.Stored, Find(entry.Id)!.State);
        Assert.Null(Find(entry.Id)!.Reason);
    }

    [Fact]
    public async Task Moving_or_deleting_an_entry_that_is_not_there_does_nothing()
    {
        await CommitAsync(
            new SetEntryState(Store.Ids.Next(), EntryState.Held, "x"), new DeleteEntry(Store.Ids.Next(), KeepKey: true));

        Assert.Empty(List(new EntryQuery()).Entries);
    }

    [Fact]
    public async Task A_deleted_entry_is_gone_with_its_jobs_and_its_key_is_free()
    {
        var entry = NewEntry("k");
        await CommitAsync(new InsertEntry(entry), new InsertJob(entry.Id, "mail", Now));

        await CommitAsync(new DeleteEntry(entry.Id, KeepKey: false));

        Assert.Null(Find(entry.Id));
        Assert.Empty(Jobs(entry.Id));
        Assert.Null(Store.FindKey(entry.Key, Now));
        Assert.Empty(Counts());
    }

    [Fact]
    public async Task A_deleted_entry_whose_key_is_kept_is_met_in_the_key_alone_without_an_answer()
    {
        var entry = NewEntry("k");
        await InsertAsync(entry);

        await CommitAsync(new DeleteEntry(entry.Id, KeepKey: true));

        Assert.Null(Find(entry.Id));
        Assert.Empty(List(new EntryQuery()).Entries);
        Assert.Empty(Counts());
        var match = Store.FindKey(entry.Key, Now)!;
        Assert.Equal(EntryState.Deleted, match.State);
        Assert.Null(match.Answer);
        var again = await Store.CommitAsync(Sample.Keyed(NewEntry("k"), Now));
        Assert.Equal(UnitVerdict.Duplicate, again.Verdict);
    }

    [Fact]
    public async Task A_deleted_entry_without_a_key_leaves_nothing_even_when_its_key_is_kept()
    {
        var entry = await InsertAsync(NewEntry());

        await CommitAsync(new DeleteEntry(entry.Id, KeepKey: true));

        var outcome = await Store.CommitAsync(Sample.Unit(
            new EntryInState(entry.Id, EntryState.Deleted), new SetEntryState(entry.Id, EntryState.Stored, null)));
        Assert.Equal(UnitVerdict.Refused, outcome.Verdict);
    }

    [Fact]
    public async Task Entries_are_counted_by_endpoint_and_state()
    {
        await InsertAsync(NewEntry());
        await InsertAsync(NewEntry() with { State = EntryState.Held });
        var moved = await InsertAsync(NewEntry() with { Endpoint = Sample.Order });
        await InsertAsync(NewEntry() with { Endpoint = Sample.Order });
        await CommitAsync(new SetEntryState(moved.Id, EntryState.Held, "x"));

        Assert.Equal(
            [
                new EntryCount(Sample.Contact, EntryState.Stored, 1),
                new EntryCount(Sample.Contact, EntryState.Held, 1),
                new EntryCount(Sample.Order, EntryState.Stored, 1),
                new EntryCount(Sample.Order, EntryState.Held, 1),
            ],
            Counts());
    }

    [Fact]
    public async Task Writes_of_one_unit_see_each_other_in_order()
    {
        var entry = NewEntry();

        await CommitAsync(
            new InsertEntry(entry),
            new SetEntryState(entry.Id, EntryState.Held, "one"),
            new SetEntryState(entry.Id, EntryState.Refused, "two"));

        Assert.Equal("two", Find(entry.Id)!.Reason);
    }

    [Fact]
    public async Task A_unit_must_have_a_write()
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.CommitAsync(Sample.Unit()));
    }

    private protected static void AssertSame(Entry expected, Entry? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(Encoding.UTF8.GetString(expected.Document.Span), Encoding.UTF8.GetString(actual.Document.Span));
        Assert.Equal(expected.Control.ToArray(), actual.Control.ToArray());
        Assert.Equal(expected.Body.ToArray(), actual.Body.ToArray());
        Assert.Equal(expected.Answer?.Body.ToArray(), actual.Answer?.Body.ToArray());
        var answer = expected.Answer is null ? null : expected.Answer with { Body = actual.Answer!.Body };
        var same = expected with { Document = actual.Document, Control = actual.Control, Answer = answer };
        Assert.Equal(same with { Body = actual.Body }, actual);
    }

    private IReadOnlyList<EntryCount> Counts()
    {
        using var reader = Store.Read();
        return reader.CountEntries();
    }
}
