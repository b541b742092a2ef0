using System.Text;
using Postroom.Storage;
using Postroom.Storage.Records;
using Record = Postroom.Storage.Records.Record;

namespace Postroom.Sqlite.Tests.Conformance;

/// <summary>Records: what guards over them judge, what writes do, and what readers find.</summary>
public abstract class RecordConformance : PostStoreConformance
{
    private protected static readonly RecordTable Users = RecordSample.Users;

    private protected async Task PrepareAsync(params RecordTable[] tables) =>
        Assert.Empty(await Store.PrepareAsync(tables, TestContext.Current.CancellationToken));

    private protected Record User(string document, string? owner = null, long? heldUntil = null) =>
        RecordSample.Record(Users, Store.Ids.Next(), Now, document) with { Owner = owner, HeldUntil = heldUntil };

    private protected async Task<Record> MakeAsync(Record record, RecordTable? table = null)
    {
        await CommitAsync(new InsertRecord(table ?? Users, record));
        return record;
    }

    private protected Task<UnitOutcome> CommitAsync(Guard guard, params Write[] writes) =>
        Store.CommitAsync(Sample.Unit(guard, writes)).AsTask();

    private protected Record? FindRecord(EntryId id, RecordTable? table = null)
    {
        using var reader = Store.Read();
        return reader.FindRecord(table ?? Users, id);
    }

    private protected RecordPage Page(RecordList list)
    {
        using var reader = Store.Read();
        return reader.ListRecords(list);
    }

    private protected static string Text(Record? record) =>
        record is null ? "none" : Encoding.UTF8.GetString(record.Document.Span);

    private static Write NoMatter(EntryId id) => new DeleteRecord(Users, id);

    [Fact]
    public async Task A_record_is_read_as_it_was_written()
    {
        await PrepareAsync(Users);
        var record = User("""{ "email":"ada@x",  "n":1.0 }""", owner: "ada", heldUntil: Now + 5) with { Version = 7 };
        await MakeAsync(record);

        var found = FindRecord(record.Id);

        Assert.NotNull(found);
        Assert.Equal(Text(record), Text(found));
        Assert.Equal(record with { Document = default, Values = [] }, found with { Document = default, Values = [] });
        Assert.Null(FindRecord(Store.Ids.Next()));
        using var reader = Store.Read();
        Assert.Equal(1, reader.CountRecords(Users));
    }

    [Fact]
    public async Task The_document_is_the_caller_s_again_when_the_unit_has_ended()
    {
        await PrepareAsync(Users);
        var buffer = Sample.Utf8("""{"email":"ada@x"}""");
        var record = User("{}") with { Document = buffer, Values = Users.Read(buffer) };
        await MakeAsync(record);
        Array.Fill(buffer, (byte)'x');
        Assert.Equal("""{"email":"ada@x"}""", Text(FindRecord(record.Id)));
    }

    [Fact]
    public async Task A_record_is_replaced_and_removed_with_the_entry_that_asked_for_it()
    {
        await PrepareAsync(Users);
        var record = await MakeAsync(User("""{"email":"ada@x"}"""));
        var next = User("""{"email":"bob@x"}""") with { Id = record.Id, Version = 2, Owner = "bob" };
        var entry = NewEntry();

        Assert.Equal(UnitVerdict.Committed, (await CommitAsync(
            new RecordThere(Users, record.Id, 1), new ReplaceRecord(Users, next), new InsertEntry(entry))).Verdict);
        Assert.Equal(("bob@x", 2L, "bob"), (Text(FindRecord(record.Id))[10..15], FindRecord(record.Id)!.Version, FindRecord(record.Id)!.Owner));
        Assert.NotNull(Find(entry.Id));

        Assert.Equal(UnitVerdict.Refused, (await CommitAsync(
            new RecordThere(Users, record.Id, 1), new DeleteRecord(Users, record.Id))).Verdict);
        await CommitAsync(new DeleteRecord(Users, record.Id), new DeleteRecord(Users, Store.Ids.Next()));
        await CommitAsync(new ReplaceRecord(Users, next));
        Assert.Null(FindRecord(record.Id));
    }

    [Fact]
    public async Task A_unit_that_a_guard_refuses_leaves_no_record()
    {
        await PrepareAsync(Users);
        var record = User("{}");
        var outcome = await CommitAsync(new RecordThere(Users, Store.Ids.Next()), new InsertRecord(Users, record));
        Assert.Equal(UnitVerdict.Refused, outcome.Verdict);
        Assert.Null(outcome.Facts);
        Assert.Null(FindRecord(record.Id));
    }

    [Fact]
    public async Task An_id_is_absent_once()
    {
        await PrepareAsync(Users, RecordSample.Rooms);
        var record = User("{}");
        var unit = Sample.Unit(new RecordAbsent(Users, record.Id), new InsertRecord(Users, record));

        Assert.Equal(UnitVerdict.Committed, (await Store.CommitAsync(unit)).Verdict);
        var again = await Store.CommitAsync(unit);

        Assert.Equal((UnitVerdict.Refused, record.Id), (again.Verdict, again.Facts!.Record));
        Assert.Equal(UnitVerdict.Committed, (await CommitAsync(
            new RecordAbsent(RecordSample.Rooms, record.Id), NoMatter(default))).Verdict);
    }

    [Fact]
    public async Task What_no_guard_looked_for_fails_the_unit_whole()
    {
        await PrepareAsync(Users);
        var record = await MakeAsync(User("""{"email":"ada@x"}"""));
        var other = await MakeAsync(User("""{"email":"bob@x"}"""));
        var entry = NewEntry();
        Write[] wrong =
        [
            new InsertRecord(Users, User("""{"email":"eve@x"}""") with { Id = record.Id }),
            new InsertRecord(Users, User("""{"email":"ada@x"}""")),
            new ReplaceRecord(Users, User("""{"email":"ada@x"}""") with { Id = other.Id }),
        ];
        foreach (var write in wrong)
        {
            var outcome = await Store.CommitAsync(Sample.Unit(new InsertEntry(entry), write));
            Assert.Equal(UnitVerdict.Failed, outcome.Verdict);
            Assert.Null(Find(entry.Id));
        }

        Assert.Equal("""{"email":"bob@x"}""", Text(FindRecord(other.Id)));
    }

    [Fact]
    public async Task Values_are_free_until_a_record_has_them()
    {
        await PrepareAsync(Users);
        var record = await MakeAsync(User("""{"email":"ada@x"}"""));
        ValuesFree Free(RecordValue value, EntryId except = default) =>
            new(Users, RecordSample.ByEmail, [value], except);

        var taken = await CommitAsync(Free(RecordValue.Of("ada@x")), NoMatter(default));

        Assert.Equal((UnitVerdict.Refused, record.Id), (taken.Verdict, taken.Facts!.Record));
        foreach (var free in new[]
        {
            Free(RecordValue.Of("ADA@x")), Free(RecordValue.Of("bob@x")), Free(RecordValue.None),
            Free(RecordValue.Of("ada@x"), record.Id),
        })
        {
            Assert.Equal(UnitVerdict.Committed, (await CommitAsync(free, NoMatter(default))).Verdict);
        }

        await CommitAsync(new ReplaceRecord(Users, User("{}") with { Id = record.Id }));
        Assert.Equal(UnitVerdict.Committed, (await CommitAsync(Free(RecordValue.Of("ada@x")), NoMatter(default))).Verdict);
    }

    [Fact]
    public async Task Records_without_a_value_are_no_rivals()
    {
        await PrepareAsync(Users);
        await MakeAsync(User("{}"));
        await MakeAsync(User("""{"email":null}"""));
        await MakeAsync(User("""{"email":5}"""));
        using var reader = Store.Read();
        Assert.Equal(3, reader.CountRecords(Users));
    }

    [Fact]
    public async Task A_hold_ends_by_time_alone()
    {
        await PrepareAsync(Users);
        var held = await MakeAsync(User("{}", heldUntil: Now + 10));
        var kept = await MakeAsync(User("{}"));
        async Task<UnitVerdict> Judge(EntryId id, long now) =>
            (await CommitAsync(new RecordHeld(Users, id, now), NoMatter(default))).Verdict;

        Assert.Equal(UnitVerdict.Committed, await Judge(held.Id, Now + 9));
        Assert.Equal(UnitVerdict.Refused, await Judge(held.Id, Now + 10));
        Assert.Equal(UnitVerdict.Refused, await Judge(kept.Id, Now));
        Assert.Equal(UnitVerdict.Refused, await Judge(Store.Ids.Next(), Now));
    }

    [Fact]
    public async Task References_are_counted()
    {
        await PrepareAsync(Users);
        var record = await MakeAsync(User("{}"));
        var first = await MakeAsync(User($$"""{"friend":"{{record.Id}}"}"""));
        var second = await MakeAsync(User($$"""{"friend":"{{record.Id}}"}"""));
        ReferencesAre Guard(long count, EntryId id) => new(Users, "friend", id, count);

        var none = await CommitAsync(Guard(0, record.Id), NoMatter(default));

        Assert.Equal(UnitVerdict.Refused, none.Verdict);
        Assert.Contains(none.Facts!.Record, new[] { first.Id, second.Id });
        Assert.Equal(UnitVerdict.Refused, (await CommitAsync(Guard(3, record.Id), NoMatter(default))).Verdict);
        Assert.Equal(UnitVerdict.Committed, (await CommitAsync(Guard(2, record.Id), NoMatter(default))).Verdict);
        Assert.Equal(UnitVerdict.Committed, (await CommitAsync(Guard(0, first.Id), NoMatter(default))).Verdict);
        var missing = await CommitAsync(Guard(1, first.Id), NoMatter(default));
        Assert.True(missing.Facts!.Record.IsEmpty);
        using var reader = Store.Read();
        Assert.Equal(
            [first.Id, second.Id], reader.ListReferences(Users, "friend", record.Id, 10).Select(found => found.Id));
        Assert.Single(reader.ListReferences(Users, "friend", record.Id, 1));
    }

    [Fact]
    public async Task Lists_go_page_by_page_in_the_order_of_ids()
    {
        await PrepareAsync(Users);
        var ids = new List<EntryId>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add((await MakeAsync(User("{}", owner: i % 2 == 0 ? "ada" : null))).Id);
        }

        var chosen = await MakeAsync(User("{}") with { Id = new EntryId(5, 5) });
        var first = Page(new RecordList { Table = Users, Limit = 3 });
        var second = Page(new RecordList { Table = Users, Limit = 3, After = first.Next });

        Assert.Equal([ids[4], ids[3], ids[2]], first.Records.Select(record => record.Id));
        Assert.Equal([ids[1], ids[0], chosen.Id], second.Records.Select(record => record.Id));
        Assert.Null(second.Next);
        Assert.All(first.Records, record => Assert.Empty(record.Values));
        var oldest = Page(new RecordList { Table = Users, Owner = "ada", OldestFirst = true, Limit = 2 });
        Assert.Equal([ids[0], ids[2]], oldest.Records.Select(record => record.Id));
        Assert.Equal([ids[4]], Page(new RecordList
        {
            Table = Users, Owner = "ada", OldestFirst = true, After = oldest.Next,
        }).Records.Select(record => record.Id));
    }

    [Fact]
    public async Task A_view_stays_as_it_was()
    {
        await PrepareAsync(Users);
        var record = await MakeAsync(User("""{"n":1}"""));
        using var reader = Store.Read();
        await CommitAsync(new ReplaceRecord(Users, User("""{"n":2}""") with { Id = record.Id }));
        await MakeAsync(User("{}"));
        Assert.Equal("""{"n":1}""", Text(reader.FindRecord(Users, record.Id)));
        Assert.Equal(1, reader.CountRecords(Users));
    }

    [Fact]
    public async Task Of_a_hundred_equal_ones_at_once_one_is_made()
    {
        await PrepareAsync(Users);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ =>
        {
            var record = User("""{"email":"ada@x"}""");
            return CommitAsync(
                new ValuesFree(Users, RecordSample.ByEmail, [RecordValue.Of("ada@x")]), new InsertRecord(Users, record));
        }));

        Assert.Single(outcomes, outcome => outcome.Verdict == UnitVerdict.Committed);
        var winner = Assert.Single(Page(new RecordList { Table = Users }).Records);
        Assert.All(
            outcomes.Where(outcome => outcome.Verdict != UnitVerdict.Committed),
            outcome => Assert.Equal((UnitVerdict.Refused, winner.Id), (outcome.Verdict, outcome.Facts!.Record)));
    }

    [Fact]
    public async Task A_thousand_records_are_made_in_one_unit()
    {
        await PrepareAsync(Users);
        var records = Enumerable.Range(0, 1000).Select(i => User($$"""{"email":"{{i}}@x"}""")).ToList();
        var outcome = await Store.CommitAsync(new PostUnit
        {
            Guards = [.. records.Select(record => new RecordAbsent(Users, record.Id))],
            Writes = [.. records.Select(record => new InsertRecord(Users, record))],
        });
        Assert.Equal(UnitVerdict.Committed, outcome.Verdict);
        using var reader = Store.Read();
        Assert.Equal(1000, reader.CountRecords(Users));
        Assert.Equal(Text(records[500]), Text(reader.FindRecord(Users, records[500].Id)));
    }
}
