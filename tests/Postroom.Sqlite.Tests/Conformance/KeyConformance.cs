using Postroom.Storage;

namespace Postroom.Sqlite.Tests.Conformance;

/// <summary>What a key means.</summary>
public abstract class KeyConformance : PostStoreConformance
{
    [Fact]
    public void A_key_that_was_never_used_is_free() => Assert.Null(Store.FindKey(Sample.Key("fresh"), Now));

    [Fact]
    public async Task A_committed_entry_is_found_by_its_key_with_its_answer_byte_for_byte()
    {
        var entry = NewEntry("k") with
        {
            Answer = new StoredAnswer(201, Sample.Utf8("""{"message":"Grüße 😀"}"""), "/thanks.html?ü", "/api/users/1"),
        };
        await InsertAsync(entry);

        var match = Store.FindKey(entry.Key, Now);

        Assert.NotNull(match);
        Assert.Equal(entry.Id, match.Id);
        Assert.Equal(entry.Fingerprint, match.Fingerprint);
        Assert.Equal(entry.ReceivedAt, match.ReceivedAt);
        Assert.Equal(entry.ExpiresAt, match.ExpiresAt);
        Assert.Equal(EntryState.Stored, match.State);
        Assert.NotNull(match.Answer);
        Assert.Equal(201, match.Answer.Status);
        Assert.Equal(entry.Answer.Body.ToArray(), match.Answer.Body.ToArray());
        Assert.Equal("/thanks.html?ü", match.Answer.Redirect);
        Assert.Equal("/api/users/1", match.Answer.Location);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(300_000)]
    public async Task An_answer_of_any_size_comes_back_whole(int size)
    {
        var body = new byte[size];
        Array.Fill(body, (byte)'a');
        var entry = NewEntry("k") with { Answer = new StoredAnswer(200, body) };
        await InsertAsync(entry);

        Assert.Equal(body, Store.FindKey(entry.Key, Now)!.Answer!.Body.ToArray());
        Assert.Equal(body, Find(entry.Id)!.Answer!.Body.ToArray());
    }

    [Fact]
    public async Task The_same_request_again_is_a_duplicate_with_the_first_answer()
    {
        var first = NewEntry("k");
        await Store.CommitAsync(Sample.Keyed(first, Now));
        var second = NewEntry("k");

        var outcome = await Store.CommitAsync(Sample.Keyed(second, Now));

        Assert.Equal(UnitVerdict.Duplicate, outcome.Verdict);
        Assert.Equal(first.Id, outcome.Match!.Id);
        Assert.Equal(first.Answer!.Body.ToArray(), outcome.Match.Answer!.Body.ToArray());
        Assert.Null(Find(second.Id));
    }

    [Fact]
    public async Task Another_request_under_the_same_key_is_refused_and_writes_nothing()
    {
        await Store.CommitAsync(Sample.Keyed(NewEntry("k"), Now));
        var other = NewEntry("k", """{"name":"Grace"}""");

        var outcome = await Store.CommitAsync(Sample.Keyed(other, Now));

        Assert.Equal(UnitVerdict.Refused, outcome.Verdict);
        Assert.IsType<KeyFree>(outcome.Guard);
        Assert.NotNull(outcome.Match);
        Assert.Null(Find(other.Id));
    }

    [Fact]
    public async Task A_key_is_free_from_the_millisecond_it_expires()
    {
        var first = NewEntry("k");
        await Store.CommitAsync(Sample.Keyed(first, Now));

        Assert.NotNull(Store.FindKey(first.Key, first.ExpiresAt - 1));
        Assert.Null(Store.FindKey(first.Key, first.ExpiresAt));
    }

    [Fact]
    public async Task An_expired_key_may_be_used_again_and_then_stands_for_the_newer_entry()
    {
        var first = NewEntry("k");
        await Store.CommitAsync(Sample.Keyed(first, Now));
        Time.Advance(TimeSpan.FromDays(2));
        var second = NewEntry("k", """{"name":"Grace"}""");

        var outcome = await Store.CommitAsync(Sample.Keyed(second, Now));

        Assert.Equal(UnitVerdict.Committed, outcome.Verdict);
        Assert.Equal(second.Id, Store.FindKey(second.Key, Now)!.Id);
        Assert.NotNull(Find(first.Id));
    }

    [Fact]
    public async Task A_key_stands_for_the_entry_that_was_committed_last_even_when_its_id_is_the_older()
    {
        var older = NewEntry("k");
        await InsertAsync(NewEntry("k") with { ExpiresAt = Now + 1 });
        Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(UnitVerdict.Committed, (await Store.CommitAsync(Sample.Keyed(older, Now))).Verdict);

        Assert.Equal(older.Id, Store.FindKey(older.Key, Now)!.Id);
    }

    [Fact]
    public async Task A_key_does_not_stand_for_another_entry_that_took_the_row_of_a_deleted_one()
    {
        var first = await InsertAsync(NewEntry("a"));
        await CommitAsync(new DeleteEntry(first.Id, KeepKey: false));
        await InsertAsync(NewEntry("b") with { Id = first.Id });

        Assert.Null(Store.FindKey(first.Key, Now));
    }

    [Fact]
    public async Task A_refused_unit_does_not_take_its_key()
    {
        var entry = NewEntry("k");
        var refused = Sample.Unit(new TokenUnused(Sample.Key("token")), new InsertEntry(entry));
        await CommitAsync(new UseToken(Sample.Key("token"), Now + Sample.Day));

        Assert.Equal(UnitVerdict.Refused, (await Store.CommitAsync(refused)).Verdict);

        Assert.Null(Store.FindKey(entry.Key, Now));
        Assert.Equal(UnitVerdict.Committed, (await Store.CommitAsync(Sample.Keyed(NewEntry("k"), Now))).Verdict);
    }

    [Theory]
    [InlineData(EntryState.Held)]
    [InlineData(EntryState.Refused)]
    public async Task Held_and_refused_entries_keep_their_key_and_say_where_they_stand(EntryState state)
    {
        var entry = NewEntry("k") with { State = state, Reason = "honeypot" };
        await InsertAsync(entry);

        Assert.Equal(state, Store.FindKey(entry.Key, Now)!.State);
    }

    [Fact]
    public async Task A_key_without_an_answer_is_a_bug_of_the_caller()
    {
        var entry = NewEntry("k") with { Answer = null };

        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.CommitAsync(Sample.Keyed(entry, Now)));
    }

    [Fact]
    public async Task The_store_keeps_no_memory_of_the_callers()
    {
        var document = Sample.Utf8("""{"a":1}""");
        var body = Sample.Utf8("""{"b":2}""");
        var entry = NewEntry("k") with { Document = document, Answer = new StoredAnswer(201, body) };
        await InsertAsync(entry);
        Array.Clear(document);
        Array.Clear(body);

        Assert.Equal("""{"a":1}"""u8.ToArray(), Find(entry.Id)!.Document.ToArray());
        Assert.Equal("""{"b":2}"""u8.ToArray(), Store.FindKey(entry.Key, Now)!.Answer!.Body.ToArray());
    }
}
