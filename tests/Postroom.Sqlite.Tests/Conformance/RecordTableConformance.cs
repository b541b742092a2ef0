using Postroom.Storage;
using Postroom.Storage.Records;
using Record = Postroom.Storage.Records.Record;

namespace Postroom.Sqlite.Tests.Conformance;

/// <summary>Tables that become what is declared while they hold records; their changes, and what a purge ends.</summary>
public abstract class RecordTableConformance : RecordConformance
{
    private static readonly RecordTable Bare = Users with
    {
        Columns = [], Indexes = [], Capacities = [], Overlaps = [], HasChanges = false,
    };

    private RecordChangePage Changes(long after = 0, int max = 100)
    {
        using var reader = Store.Read();
        return reader.ListChanges(Users, after, max);
    }

    private async Task<UnitOutcome> JudgeAsync(Guard guard) => await CommitAsync(guard, new DeleteRecord(Users, default));

    private Task<UnitOutcome> SeatAsync(long max) => JudgeAsync(
        new SumBelow(Users, RecordSample.Seats, [RecordValue.Of("Paris")], 1, max, Now));

    private static ValuesFree Email(string email) => new(Users, RecordSample.ByEmail, [RecordValue.Of(email)]);

    private Record Person(int number) => User(
        $$$"""
        {"email":"{{{number}}}@x","address":{"city":"Paris","number":{{{number * 10}}}},"until":{{{(number * 10) + 1}}}}
        """);

    [Fact]
    public async Task Columns_and_rules_that_come_later_know_the_records_that_were_there()
    {
        await PrepareAsync(Bare);
        var people = Enumerable.Range(0, 600).Select(Person).ToList();
        await CommitAsync([.. people.Select(person => new InsertRecord(Bare, person with { Values = [] }))]);
        await MakeAsync(Person(600) with { Values = [], HeldUntil = Now + 10 }, Bare);

        await PrepareAsync(Users);

        Assert.Equal(people[7].Id, (await JudgeAsync(Email("7@x"))).Facts!.Record);
        Assert.Equal(UnitVerdict.Refused, (await SeatAsync(601)).Verdict);
        Assert.Equal(UnitVerdict.Committed, (await SeatAsync(602)).Verdict);
        var range = await JudgeAsync(new RangeFree(Users, RecordSample.Numbers, [], 90, 91, Now));
        Assert.Equal(people[9].Id, range.Facts!.Record);
    }

    [Fact]
    public async Task A_text_and_the_same_with_small_letters_are_two_columns()
    {
        var folded = new RecordColumn("email_folded", ["email"], RecordType.Text) { IgnoresCase = true };
        var index = new RecordIndex("folded", [folded.Name], IsUnique: true);
        var table = Users with { Columns = [.. Users.Columns, folded], Indexes = [.. Users.Indexes, index] };
        await PrepareAsync(Users);
        var ada = User("""{"email":"ADA@x"}""");
        await MakeAsync(ada);
        await PrepareAsync(table);

        var small = await JudgeAsync(new ValuesFree(table, index, [RecordValue.Of("ada@x")]));
        Assert.Equal(ada.Id, small.Facts!.Record);
        Assert.Equal(UnitVerdict.Committed, (await JudgeAsync(new ValuesFree(table, index, [RecordValue.Of("ADA@x")]))).Verdict);
        Assert.Equal(UnitVerdict.Committed, (await JudgeAsync(Email("ada@x"))).Verdict);
        Assert.Equal(ada.Id, (await JudgeAsync(Email("ADA@x"))).Facts!.Record);
    }

    [Fact]
    public async Task Preparing_again_changes_nothing()
    {
        await PrepareAsync(Users);
        await MakeAsync(Person(1));
        await PrepareAsync(Users);
        await PrepareAsync(Users with { Name = "users" });
        Assert.Equal(UnitVerdict.Refused, (await JudgeAsync(Email("1@x"))).Verdict);
        Assert.Equal(UnitVerdict.Refused, (await SeatAsync(1)).Verdict);
    }

    [Fact]
    public async Task A_unique_index_that_records_contradict_is_refused_with_them()
    {
        await PrepareAsync(Bare);
        var same = new[] { Person(1), Person(1), Person(2) };
        await CommitAsync([.. same.Select(person => new InsertRecord(Bare, person with { Values = [] }))]);

        var faults = await Store.PrepareAsync([Users], TestContext.Current.CancellationToken);

        var fault = Assert.Single(faults);
        Assert.Equal((Users.Endpoint, RecordSample.ByEmail), (fault.Endpoint, fault.Index));
        Assert.Equal([same[0].Id, same[1].Id], fault.Offenders.Order());

        await MakeAsync(Person(1) with { Values = [] }, Bare);
        await CommitAsync(new DeleteRecord(Bare, same[1].Id));
        fault = Assert.Single(await Store.PrepareAsync([Users], TestContext.Current.CancellationToken));
        await CommitAsync([.. fault.Offenders.Skip(1).Select(id => new DeleteRecord(Bare, id))]);
        await PrepareAsync(Users);
        Assert.Equal(UnitVerdict.Refused, (await JudgeAsync(Email("1@x"))).Verdict);
    }

    [Fact]
    public async Task A_rule_that_is_no_longer_declared_ends_and_begins_anew_with_what_is_there()
    {
        await PrepareAsync(Users);
        await MakeAsync(Person(1));
        await PrepareAsync(Bare);
        await CommitAsync(
            new InsertRecord(Bare, Person(1) with { Values = [] }), new InsertRecord(Bare, Person(2) with { Values = [] }));

        // What a plan of before asks for is no rule any more.
        Assert.Equal(UnitVerdict.Committed, (await JudgeAsync(Email("1@x"))).Verdict);
        Assert.Equal(UnitVerdict.Committed, (await SeatAsync(1)).Verdict);

        var unique = Users with { Indexes = [Users.Indexes[1]], Overlaps = [] };
        await PrepareAsync(unique);
        Assert.Equal(UnitVerdict.Refused, (await SeatAsync(3)).Verdict);
        Assert.Equal(UnitVerdict.Committed, (await SeatAsync(4)).Verdict);
    }

    [Fact]
    public async Task A_column_of_another_type_is_another_column()
    {
        var text = Bare with { Columns = [new RecordColumn("n", ["n"], RecordType.Text)] };
        var number = Bare with
        {
            Columns = [new RecordColumn("n", ["n"], RecordType.Integer)],
            Indexes = [new RecordIndex("n", ["n"], IsUnique: true)],
        };
        await PrepareAsync(text);
        await MakeAsync(RecordSample.Record(text, Store.Ids.Next(), Now, """{"n":5}"""), text);
        await MakeAsync(RecordSample.Record(text, Store.Ids.Next(), Now, """{"n":"5"}"""), text);

        await PrepareAsync(number);

        // A unit of the plan before is written by the columns of now.
        await MakeAsync(RecordSample.Record(text, Store.Ids.Next(), Now, """{"n":6}"""), text);
        foreach (var value in new[] { 5, 6 })
        {
            var outcome = await JudgeAsync(new ValuesFree(number, number.Indexes[0], [RecordValue.Of(value)]));
            Assert.Equal(UnitVerdict.Refused, outcome.Verdict);
        }
    }

    [Fact]
    public async Task Records_come_in_while_columns_are_filled()
    {
        await PrepareAsync(Bare);
        await CommitAsync([.. Enumerable.Range(0, 2000).Select(i => new InsertRecord(Bare, Person(i) with { Values = [] }))]);
        var preparing = Store.PrepareAsync([Users], TestContext.Current.CancellationToken).AsTask();
        var made = 2000;
        while (!preparing.IsCompleted)
        {
            await MakeAsync(Person(made++) with { Values = [] }, Bare);
        }

        Assert.Empty(await preparing);
        Assert.Equal(UnitVerdict.Refused, (await SeatAsync(made)).Verdict);
        Assert.Equal(UnitVerdict.Committed, (await SeatAsync(made + 1)).Verdict);
        Assert.Equal(UnitVerdict.Refused, (await JudgeAsync(Email($"{made - 1}@x"))).Verdict);
    }

    [Fact]
    public async Task A_table_that_cannot_be_is_a_bug_of_the_caller()
    {
        RecordTable[] broken =
        [
            Bare with { Name = "a b" },
            Bare with { Columns = [new RecordColumn("id", ["id"], RecordType.Text)] },
            Bare with { Columns = [new RecordColumn("a", ["a"], RecordType.Text), new RecordColumn("A", ["A"], RecordType.Text)] },
            Bare with { Indexes = [new RecordIndex("i", ["none"], IsUnique: false)] },
        ];
        foreach (var table in broken)
        {
            await Assert.ThrowsAsync<ArgumentException>(
                async () => await Store.PrepareAsync([table], TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Two_resources_of_the_same_name_keep_their_records_apart()
    {
        var other = Bare with { Endpoint = "/v2/users" };
        var entries = Bare with { Endpoint = "/api/entries", Name = "entries" };
        await PrepareAsync(Bare, other, entries);
        var record = await MakeAsync(Person(1) with { Values = [] }, other);
        Assert.Null(FindRecord(record.Id, Bare));
        Assert.NotNull(FindRecord(record.Id, other));
        Assert.Null(FindRecord(record.Id, entries));
    }

    [Fact]
    public async Task Changes_are_kept_in_order()
    {
        await PrepareAsync(Users, RecordSample.Rooms);
        var record = await MakeAsync(Person(1));
        await CommitAsync(new ReplaceRecord(Users, Person(2) with { Id = record.Id, Version = 2 }));
        await CommitAsync(new DeleteRecord(Users, record.Id), new ReplaceRecord(Users, record));
        await Store.CommitAsync(Sample.Unit(new RecordThere(Users, record.Id), new InsertRecord(Users, Person(3))));
        await MakeAsync(
            RecordSample.Record(RecordSample.Rooms, Store.Ids.Next(), Now, "{}"), RecordSample.Rooms);

        var page = Changes();

        Assert.Equal(
            [(1L, RecordChangeKind.Created), (2, RecordChangeKind.Updated), (2, RecordChangeKind.Deleted)],
            page.Changes.Select(change => (change.Version, change.Kind)));
        Assert.All(page.Changes, change => Assert.Equal((record.Id, Now), (change.Id, change.At)));
        Assert.True(page.IsWhole);
        Assert.Equal(page.Changes.Select(change => change.Sequence).Order(), page.Changes.Select(change => change.Sequence));
        using var reader = Store.Read();
        Assert.Equal(page.Last, reader.LastChange(Users));
        var first = Changes(max: 1);
        Assert.Equal(page.Changes.Skip(1), Changes(first.Last).Changes);
        Assert.Equal((page.Last, true), (Changes(page.Last).Last, Changes(page.Last).IsWhole));
        Assert.Empty(Changes(page.Last).Changes);
    }

    [Fact]
    public async Task Old_changes_are_forgotten_and_whoever_missed_them_is_told()
    {
        await PrepareAsync(Users);
        var early = await MakeAsync(Person(1));
        await MakeAsync(Person(2));
        var seen = Changes(max: 1).Last;
        Time.Advance(TimeSpan.FromDays(2));
        await MakeAsync(Person(3));

        await Store.PurgeAsync(new PurgeOrder { Now = Now, ChangesBefore = Now - 1, Slice = 1 }, CancellationToken.None);

        Assert.Single(Changes().Changes);
        Assert.False(Changes().IsWhole);
        Assert.False(Changes(seen).IsWhole);
        Assert.NotNull(FindRecord(early.Id));
        await Store.PurgeAsync(new PurgeOrder { Now = Now, ChangesBefore = Now + 1 }, CancellationToken.None);
        var last = Assert.Single(Changes().Changes);
        await MakeAsync(Person(4));
        Assert.True(Assert.Single(Changes(last.Sequence).Changes).Sequence > last.Sequence);
        Assert.True(Changes(last.Sequence).IsWhole);
    }

    [Fact]
    public async Task A_purge_removes_what_was_held_and_never_confirmed()
    {
        await PrepareAsync(Users);
        var ended = await MakeAsync(Person(1) with { HeldUntil = Now + 10 });
        await MakeAsync(Person(5) with { HeldUntil = Now + 10 });
        var held = await MakeAsync(Person(2) with { HeldUntil = Now + 11 });
        var kept = await MakeAsync(Person(3));

        var report = await Store.PurgeAsync(
            new PurgeOrder { Now = Now, HoldsEndedBefore = Now + 10, Slice = 1 }, CancellationToken.None);

        Assert.Equal(2, report.Records);
        Assert.Null(FindRecord(ended.Id));
        Assert.NotNull(FindRecord(held.Id));
        Assert.NotNull(FindRecord(kept.Id));
        Assert.Equal(RecordChangeKind.Deleted, Changes().Changes[^1].Kind);
        await MakeAsync(Person(1));
    }
}
