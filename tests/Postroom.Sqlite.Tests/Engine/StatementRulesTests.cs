using Postroom.Sqlite.Tests.Conformance;
using Postroom.Storage;

namespace Postroom.Sqlite.Tests.Engine;

/// <summary>What a user's statement may not do, and that it hurts nobody but its own unit.</summary>
public sealed class StatementRulesTests : EngineTest
{
    private protected override SqliteStoreOptions Options => base.Options with
    {
        OnOpen = ["create table if not exists seats (seat text primary key)"],
        StatementStepsMax = 1_000_000,
    };

    [Theory]
    [InlineData("commit")]
    [InlineData("rollback")]
    [InlineData("begin")]
    [InlineData("savepoint unit")]
    [InlineData("release unit")]
    [InlineData("pragma synchronous = off")]
    [InlineData("pragma user_version")]
    [InlineData("attach database ':memory:' as other")]
    [InlineData("vacuum")]
    [InlineData("delete from entries")]
    [InlineData("update settings set value = x'00'")]
    [InlineData("insert into tokens values (x'00', 1)")]
    [InlineData("insert into MIGRATIONS values (2, 'x', 'x', 1)")]
    [InlineData("drop table seats")]
    [InlineData("create table other (a)")]
    [InlineData("create index i on seats (seat)")]
    [InlineData("delete from sqlite_master")]
    [InlineData("insert into seats values ('A'); insert into seats values ('B')")]
    [InlineData("no such thing")]
    [InlineData("-- nothing")]
    [InlineData("")]
    public async Task A_statement_that_is_not_one_over_the_users_own_tables_fails_its_unit(string text)
    {
        var entry = NewEntry();

        var outcome = await Store.CommitAsync(
            Sample.Unit(new InsertEntry(entry), new RunStatement(new Statement(text))));

        Assert.Equal(UnitVerdict.Failed, outcome.Verdict);
        Assert.False(string.IsNullOrEmpty(outcome.Error));
        Assert.Null(Find(entry.Id));
        Assert.Equal(UnitVerdict.Committed, (await PostAsync("next")).Verdict);
        Assert.Equal(0, Seats());
    }

    [Theory]
    [InlineData("pragma user_version")]
    [InlineData("attach database ':memory:' as other")]
    public void A_view_has_the_same_rules(string text)
    {
        using var reader = Store.Read();
        Assert.Throws<InvalidOperationException>(() => reader.Query(new Statement(text)));
    }

    [Theory]
    [InlineData("create trigger t after insert on entries begin delete from seats; end")]
    [InlineData("create index i on entries (endpoint)")]
    [InlineData("drop table entries")]
    [InlineData("alter table entries add column mine")]
    [InlineData("pragma journal_mode = delete")]
    [InlineData("insert into settings values ('a', 'b')")]
    public async Task What_makes_the_users_tables_may_not_touch_ours(string text)
    {
        await Store.DisposeAsync();

        var failure = await Assert.ThrowsAsync<StoreStartException>(() => OpenAsync(Options with { OnOpen = [text] }));

        Assert.Contains(text, failure.Message, StringComparison.Ordinal);
        await OpenAsync(Options);
    }

    [Fact]
    public async Task A_statement_that_rolls_the_transaction_back_takes_no_neighbour_with_it()
    {
        await Store.CommitAsync(Sample.Unit(Seat("A", "insert")));

        var outcomes = await InOneBatchAsync(
            Sample.Keyed(NewEntry("before"), Now),
            Sample.Unit(new InsertEntry(NewEntry()), Seat("B", "insert"), Seat("A", "insert or rollback")),
            Sample.Unit(new InsertEntry(NewEntry("after")), Seat("C", "insert")));

        Assert.Equal(
            [UnitVerdict.Committed, UnitVerdict.Failed, UnitVerdict.Committed],
            outcomes.Select(outcome => outcome.Verdict));
        Assert.NotNull(Found("before"));
        Assert.NotNull(Found("after"));
        Assert.Equal(2, Seats());
    }

    [Fact]
    public async Task An_entry_whose_row_is_taken_takes_no_neighbour_with_it()
    {
        var there = NewEntry("there");
        await PostAsync(there);

        var outcomes = await InOneBatchAsync(
            Sample.Keyed(NewEntry("before"), Now),
            Sample.Unit(new InsertEntry(NewEntry("lost")), new InsertEntry(there)),
            Sample.Keyed(NewEntry("after"), Now));

        Assert.Equal(
            [UnitVerdict.Committed, UnitVerdict.Failed, UnitVerdict.Committed],
            outcomes.Select(outcome => outcome.Verdict));
        Assert.Null(Found("lost"));
        Assert.NotNull(Found("before"));
        Assert.NotNull(Found("after"));
    }

    [Fact]
    public async Task A_statement_without_end_is_stopped()
    {
        const string Endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n";
        var insert = $"insert into seats {Endless}";

        var outcomes = await InOneBatchAsync(
            Sample.Keyed(NewEntry("before"), Now),
            Sample.Unit(new RunStatement(new Statement(insert))),
            Sample.Unit(new QueryUnchanged(new Statement(Endless), default), new InsertEntry(NewEntry())),
            Sample.Keyed(NewEntry("after"), Now));

        Assert.Equal(
            [UnitVerdict.Committed, UnitVerdict.Failed, UnitVerdict.Failed, UnitVerdict.Committed],
            outcomes.Select(outcome => outcome.Verdict));
        Assert.Contains("too long", outcomes[1].Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_texts_than_are_kept_prepared_work_all_the_same()
    {
        for (var i = 0; i < 600; i++)
        {
            var outcome = await Store.CommitAsync(
                Sample.Unit(new RunStatement(new Statement($"insert into seats values ('S{i}')"))));
            Assert.Equal(UnitVerdict.Committed, outcome.Verdict);
        }

        Assert.Equal(600, Seats());
    }

    private static RunStatement Seat(string seat, string verb) =>
        new(new Statement($"{verb} into seats values (?1)", seat));

    private long Seats()
    {
        using var reader = Store.Read();
        return (long)reader.Query(new Statement("select count(*) from seats")).Rows[0][0]!;
    }
}
