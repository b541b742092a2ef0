using Postroom.Storage;

namespace Postroom.Sqlite.Tests.Conformance;

/// <summary>
/// A user's own tables inside our commit, for stores that have statements: <c>seats(seat, holder)</c>, and notes that
/// hold one value each and are read in the order of <c>rowid</c>. Each engine makes them in its own dialect.
/// </summary>
public abstract class StatementConformance : PostStoreConformance
{
    /// <summary>Makes the seats.</summary>
    protected const string Seats =
        "create table if not exists seats (seat text primary key, holder text not null)";

    /// <summary>The table for notes of that type: all the same where columns have no type.</summary>
    protected virtual string NotesFor(object? value) => "notes";

    [Fact]
    public async Task A_statement_is_committed_with_the_entry()
    {
        var entry = NewEntry("k");

        await CommitAsync(new InsertEntry(entry), Take("A1", "ada"));

        Assert.NotNull(Find(entry.Id));
        Assert.Equal("ada", Holder("A1"));
    }

    [Fact]
    public async Task A_unit_whose_statement_fails_leaves_nothing_and_says_what_the_engine_said()
    {
        await CommitAsync(Take("A1", "ada"));
        var entry = NewEntry("k");

        var outcome = await Store.CommitAsync(Sample.Unit(
            new InsertEntry(entry),
            new InsertJob(entry.Id, "mail", Now),
            Take("A2", "grace"),
            Take("A1", "grace")));

        Assert.Equal(UnitVerdict.Failed, outcome.Verdict);
        Assert.NotNull(outcome.Error);
        Assert.Null(Find(entry.Id));
        Assert.Null(Store.FindKey(entry.Key, Now));
        Assert.Empty(Jobs(entry.Id));
        Assert.Null(Holder("A2"));
        Assert.Equal("ada", Holder("A1"));
    }

    [Fact]
    public async Task Units_around_a_failing_one_are_committed()
    {
        await CommitAsync(Take("A1", "ada"));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(i =>
            Store.CommitAsync(i % 5 == 0
                ? Sample.Unit(Take("A1", "x"), new InsertEntry(NewEntry($"k{i}")))
                : Sample.Unit(Take($"B{i}", "x"), new InsertEntry(NewEntry($"k{i}")))).AsTask()));

        for (var i = 0; i < outcomes.Length; i++)
        {
            var expected = i % 5 == 0 ? UnitVerdict.Failed : UnitVerdict.Committed;
            Assert.Equal(expected, outcomes[i].Verdict);
            Assert.Equal(expected == UnitVerdict.Committed, Store.FindKey(Sample.Key($"k{i}"), Now) is not null);
            Assert.Equal(expected == UnitVerdict.Committed ? "x" : null, i % 5 == 0 ? null : Holder($"B{i}"));
        }
    }

    [Fact]
    public async Task A_query_that_still_gives_the_same_lets_the_unit_pass()
    {
        await CommitAsync(Take("A1", "ada"));
        var query = new Statement("select seat, holder from seats order by seat");
        var digest = Query(query).Digest();

        Assert.Equal(UnitVerdict.Committed, (await Store.CommitAsync(Sample.Unit(
            new QueryUnchanged(query, digest), Take("A2", "grace")))).Verdict);
        var late = await Store.CommitAsync(Sample.Unit(new QueryUnchanged(query, digest), Take("A3", "grace")));

        Assert.Equal(UnitVerdict.Refused, late.Verdict);
        Assert.IsType<QueryUnchanged>(late.Guard);
        Assert.Null(Holder("A3"));
    }

    [Fact]
    public async Task Of_units_that_saw_the_same_only_one_passes()
    {
        var query = new Statement("select count(*) from seats");
        var digest = Query(query).Digest();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Store.CommitAsync(
            Sample.Unit(new QueryUnchanged(query, digest), Take($"S{i}", "x"))).AsTask()));

        Assert.Single(outcomes, outcome => outcome.Verdict == UnitVerdict.Committed);
        Assert.Equal(31, outcomes.Count(outcome => outcome.Verdict == UnitVerdict.Refused));
    }

    [Fact]
    public async Task A_guard_whose_query_fails_fails_its_unit_alone()
    {
        var entry = NewEntry();
        var outcome = await Store.CommitAsync(Sample.Unit(
            new QueryUnchanged(new Statement("select * from nowhere"), default), new InsertEntry(entry)));

        Assert.Equal(UnitVerdict.Failed, outcome.Verdict);
        Assert.Null(Find(entry.Id));
    }

    [Fact]
    public async Task Values_of_every_type_come_back()
    {
        object?[] values = [null, "grüße", 42L, 7, true, 1.5, new byte[] { 1, 0, 2 }];
        var read = new List<object?>();
        foreach (var value in values)
        {
            var notes = NotesFor(value);
            await CommitAsync(new RunStatement(new Statement($"insert into {notes} (value) values (?1)", value)));
            read.Add(Query(new Statement($"select value from {notes} order by rowid desc limit 1")).Rows[0][0]);
        }

        Assert.Equal([null, "grüße", 42L, 7L, 1L, 1.5, new byte[] { 1, 0, 2 }], read);
    }

    [Fact]
    public async Task A_parameter_of_the_statement_before_is_not_left_over()
    {
        await CommitAsync(new RunStatement(new Statement("insert into notes (value) values (coalesce(?1, 'none'))", "first")));
        await CommitAsync(new RunStatement(new Statement("insert into notes (value) values (coalesce(?1, 'none'))")));

        Assert.Equal(
            ["first", "none"], Query(new Statement("select value from notes order by rowid")).Rows.Select(row => row[0]));
    }

    [Fact]
    public void A_parameter_of_another_type_is_refused_when_the_statement_is_made() =>
        Assert.Throws<ArgumentException>(() => new Statement("select ?1", 1.5m));

    [Fact]
    public void A_query_that_writes_throws() =>
        Assert.Throws<InvalidOperationException>(() => Query(new Statement("insert into notes values (1) returning 1")));

    [Fact]
    public async Task A_query_has_at_most_10000_rows()
    {
        const string Many = "with recursive n(i) as (select 1 union all select i + 1 from n where i < ?1) select i from n";

        Assert.Equal(10_000, Query(new Statement(Many, 10_000)).Rows.Count);
        Assert.Throws<InvalidOperationException>(() => Query(new Statement(Many, 10_001)));
        var outcome = await Store.CommitAsync(Sample.Unit(
            new QueryUnchanged(new Statement(Many, 10_001), default), new InsertEntry(NewEntry())));
        Assert.Equal(UnitVerdict.Failed, outcome.Verdict);
    }

    private protected static RunStatement Take(string seat, string holder) =>
        new(new Statement("insert into seats values (?1, ?2)", seat, holder));

    private protected QueryResult Query(Statement statement)
    {
        using var reader = Store.Read();
        return reader.Query(statement);
    }

    private protected string? Holder(string seat) =>
        Query(new Statement("select holder from seats where seat = ?1", seat)).Rows is [[string holder]] ? holder : null;
}
