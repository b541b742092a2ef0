using Postroom.Storage;
using Postroom.Storage.Records;

namespace Postroom.Sqlite.Tests.Conformance;

/// <summary>Capacities and ranges, alone and raced for.</summary>
public abstract class RecordRuleConformance : RecordConformance
{
    private static readonly RecordValue[] Paris = RecordSample.Key(RecordValue.Of("Paris"));
    private static readonly RecordValue[] NoCity = RecordSample.Key(RecordValue.None);
    private static readonly RecordValue[] Nowhere = [];

    private SumBelow Below(long max, RecordValue[]? key = null, long add = 1, EntryId except = default) =>
        new(Users, RecordSample.Seats, key ?? Paris, add, max, Now, except);

    private async Task<(UnitVerdict, long)> JudgeAsync(Guard guard)
    {
        var outcome = await CommitAsync(guard, new DeleteRecord(Users, default));
        return (outcome.Verdict, outcome.Facts?.Left ?? -1);
    }

    private static (UnitVerdict, long) Refused(long left) => (UnitVerdict.Refused, left);

    private static readonly (UnitVerdict, long) Held = (UnitVerdict.Committed, -1);

    private static string In(string city, long number = 0, bool open = true) =>
        $$$"""{"address":{"city":"{{{city}}}","number":{{{number}}}},"open":{{{(open ? "true" : "false")}}}}""";

    [Fact]
    public async Task Records_of_a_key_are_counted()
    {
        await PrepareAsync(Users);
        var first = await MakeAsync(User(In("Paris")));
        await MakeAsync(User(In("Paris")));
        await MakeAsync(User(In("Rome")));
        await MakeAsync(User("{}"));

        Assert.Equal(Held, await JudgeAsync(Below(3)));
        Assert.Equal(Refused(0), await JudgeAsync(Below(2)));
        Assert.Equal(Refused(1), await JudgeAsync(Below(3, add: 2)));
        Assert.Equal(Refused(0), await JudgeAsync(Below(1)));
        Assert.Equal(Held, await JudgeAsync(Below(2, except: first.Id)));
        Assert.Equal(Held, await JudgeAsync(Below(2, add: 0)));
        Assert.Equal(Refused(0), await JudgeAsync(Below(1, NoCity)));
        Assert.Equal(Held, await JudgeAsync(new SumBelow(Users, RecordSample.All, Nowhere, 1, 5, Now)));
        Assert.Equal(Refused(0), await JudgeAsync(new SumBelow(Users, RecordSample.All, Nowhere, 1, 4, Now)));
    }

    [Fact]
    public async Task What_is_replaced_or_removed_is_counted_where_it_is_now()
    {
        await PrepareAsync(Users);
        var record = await MakeAsync(User(In("Paris")));
        await CommitAsync(new ReplaceRecord(Users, User(In("Rome")) with { Id = record.Id }));
        Assert.Equal(Held, await JudgeAsync(Below(1)));
        Assert.Equal(Refused(0), await JudgeAsync(Below(1, RecordSample.Key(RecordValue.Of("Rome")))));
        await CommitAsync(new DeleteRecord(Users, record.Id));
        Assert.Equal(Held, await JudgeAsync(Below(1, RecordSample.Key(RecordValue.Of("Rome")))));
    }

    [Fact]
    public async Task Held_records_count_until_their_hold_has_ended_and_confirmed_ones_for_good()
    {
        await PrepareAsync(Users);
        var held = await MakeAsync(User(In("Paris"), heldUntil: Now + 10));
        Assert.Equal(Refused(0), await JudgeAsync(Below(1)));
        Assert.Equal(Held, await JudgeAsync(Below(1, except: held.Id)));
        Assert.Equal(Held, await JudgeAsync(Below(1) with { Now = Now + 10 }));
        await CommitAsync(new ReplaceRecord(Users, held with { HeldUntil = null }));
        Assert.Equal(Refused(0), await JudgeAsync(Below(1) with { Now = Now + 10 }));
    }

    [Fact]
    public async Task Weights_are_added_up_without_turning_over()
    {
        await PrepareAsync(Users);
        SumBelow Kilos(long add, long max) =>
            new(Users, RecordSample.Kilos, [RecordValue.Of("Paris"), RecordValue.Of(true)], add, max, Now);
        var heavy = await MakeAsync(User(In("Paris", long.MaxValue)));
        await MakeAsync(User(In("Paris", -5)));
        await MakeAsync(User(In("Paris", 9, open: false)));

        Assert.Equal(Refused(0), await JudgeAsync(Kilos(1, 100)));
        Assert.Equal(Held, await JudgeAsync(Kilos(0, long.MaxValue)));
        await MakeAsync(User(In("Paris", long.MaxValue - 1)));
        await MakeAsync(User(In("Paris", 4), heldUntil: Now + 1));
        await CommitAsync(new DeleteRecord(Users, heavy.Id));
        Assert.Equal(Refused(0), await JudgeAsync(Kilos(1, long.MaxValue - 1)));
    }

    [Fact]
    public async Task A_record_of_another_resource_says_how_much_there_is()
    {
        var rooms = RecordSample.Rooms;
        await PrepareAsync(Users, rooms);
        var room = await MakeAsync(
            RecordSample.Record(rooms, Store.Ids.Next(), Now, """{"name":"a","seats":2}"""), rooms);
        var empty = await MakeAsync(RecordSample.Record(rooms, Store.Ids.Next(), Now, """{"name":"b"}"""), rooms);
        StockBelow Stock(EntryId id) => new(Below(0), rooms, id, "seats");
        await MakeAsync(User(In("Paris")));

        Assert.Equal(Held, await JudgeAsync(Stock(room.Id)));
        await MakeAsync(User(In("Paris")));
        Assert.Equal(Refused(0), await JudgeAsync(Stock(room.Id)));
        Assert.Equal(Refused(0), await JudgeAsync(Stock(empty.Id)));
        Assert.Equal(Refused(0), await JudgeAsync(Stock(Store.Ids.Next())));
    }

    [Fact]
    public async Task Of_a_thousand_at_once_as_many_are_let_in_as_there_are_seats()
    {
        await PrepareAsync(Users);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => CommitAsync(
            Below(100), new InsertRecord(Users, User(In("Paris"), heldUntil: i % 3 == 0 ? Now + 1000 : null)))));

        Assert.Equal(100, outcomes.Count(outcome => outcome.Verdict == UnitVerdict.Committed));
        Assert.Equal(900, outcomes.Count(outcome => outcome is { Verdict: UnitVerdict.Refused, Facts.Left: 0 }));
        using var reader = Store.Read();
        Assert.Equal(100, reader.CountRecords(Users));
    }

    [Theory]
    [InlineData(10, 20, true)]
    [InlineData(0, 10, false)]
    [InlineData(0, 11, true)]
    [InlineData(19, 30, true)]
    [InlineData(20, 30, false)]
    [InlineData(12, 13, true)]
    [InlineData(0, 100, true)]
    public async Task Ranges_of_a_key_do_not_overlap(int from, int to, bool isTaken)
    {
        await PrepareAsync(Users);
        var record = await MakeAsync(User(Slot(10, 20)));
        RangeFree Free(RecordValue[] key) =>
            new(Users, RecordSample.Slots, key, Seconds(from), Seconds(to), Now);

        var outcome = await CommitAsync(Free(Paris), new DeleteRecord(Users, default));

        Assert.Equal(isTaken ? UnitVerdict.Refused : UnitVerdict.Committed, outcome.Verdict);
        Assert.Equal(isTaken ? record.Id : default, outcome.Facts?.Record ?? default);
        Assert.Equal(Held, await JudgeAsync(Free(NoCity)));
        Assert.Equal(Held, await JudgeAsync(Free(Paris) with { Except = record.Id }));
    }

    [Fact]
    public async Task A_buffer_lies_between_ranges()
    {
        await PrepareAsync(Users);
        await MakeAsync(User("""{"address":{"number":10},"until":20}"""));
        RangeFree Free(long from, long to) => new(Users, RecordSample.Numbers, [], from, to, Now);

        Assert.Equal(UnitVerdict.Committed, (await JudgeAsync(Free(25, 30))).Item1);
        Assert.Equal(UnitVerdict.Refused, (await JudgeAsync(Free(24, 30))).Item1);
        Assert.Equal(UnitVerdict.Committed, (await JudgeAsync(Free(0, 5))).Item1);
        Assert.Equal(UnitVerdict.Refused, (await JudgeAsync(Free(0, 6))).Item1);
    }

    [Fact]
    public async Task A_long_range_among_short_ones_is_found_and_a_hold_that_ended_is_not()
    {
        await PrepareAsync(Users);
        for (var i = 0; i < 50; i++)
        {
            await MakeAsync(User(Slot(1000 + (i * 10), 1005 + (i * 10))));
        }

        RangeFree Free(int from, int to) => new(Users, RecordSample.Slots, Paris, Seconds(from), Seconds(to), Now);
        Assert.Equal(UnitVerdict.Committed, (await JudgeAsync(Free(1495, 5000))).Item1);
        Assert.Equal(UnitVerdict.Committed, (await JudgeAsync(Free(1485, 1490))).Item1);
        var held = await MakeAsync(User(Slot(100, 3000), heldUntil: Now + 10));
        var outcome = await CommitAsync(Free(2999, 5000), new DeleteRecord(Users, default));
        Assert.Equal(held.Id, outcome.Facts!.Record);
        Assert.Equal(UnitVerdict.Committed, (await JudgeAsync(Free(2999, 5000) with { Now = Now + 10 })).Item1);
        await MakeAsync(User("""{"address":{"city":"Paris"},"begins":"1970-01-01T01:00:00Z"}"""));
        Assert.Equal(UnitVerdict.Committed, (await JudgeAsync(Free(3500, 4000))).Item1);
    }

    [Fact]
    public async Task Of_those_who_race_for_overlapping_ranges_no_two_are_let_in()
    {
        await PrepareAsync(Users);
        var random = new Random(5);
        var wanted = Enumerable.Range(0, 300).Select(_ => (From: random.Next(200), Length: random.Next(1, 30))).ToList();
        var outcomes = await Task.WhenAll(wanted.Select(range => CommitAsync(
            new RangeFree(
                Users, RecordSample.Slots, Paris, Seconds(range.From), Seconds(range.From + range.Length), Now),
            new InsertRecord(Users, User(Slot(range.From, range.From + range.Length))))));

        var let = wanted.Zip(outcomes)
            .Where(pair => pair.Second.Verdict == UnitVerdict.Committed)
            .Select(pair => pair.First)
            .OrderBy(range => range.From)
            .ToList();
        Assert.NotEmpty(let);
        Assert.All(let.Zip(let.Skip(1)), pair => Assert.True(pair.First.From + pair.First.Length <= pair.Second.From));
        Assert.All(outcomes, outcome => Assert.True(outcome.Verdict is UnitVerdict.Committed or UnitVerdict.Refused));
    }

    private static long Seconds(int seconds) => seconds * 1_000_000L;

    private static string Slot(int from, int to) =>
        $$$"""{"address":{"city":"Paris"},"begins":"{{{Moment(from)}}}","ends":"{{{Moment(to)}}}"}""";

    private static string Moment(int seconds) =>
        DateTimeOffset.UnixEpoch.AddSeconds(seconds).ToString("yyyy-MM-ddTHH:mm:ssZ", null);
}
