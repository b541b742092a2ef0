using Postroom.Postgres.Writing;
using Postroom.Sqlite.Tests.Conformance;
using Postroom.Storage;

namespace Postroom.Postgres.Tests.Engine;

/// <summary>Which units may be sent whole: those of which an index refuses what is not new.</summary>
public sealed class FreshBatchTests
{
    private static readonly Entry s_entry = Sample.Entry(EntryId.FromRow(7, 0), 0, "k");
    private static readonly Entry s_other = Sample.Entry(EntryId.FromRow(8, 0), 0, "other");
    private static readonly KeyFree s_keyFree = new(s_entry.Key, s_entry.Fingerprint, 0);
    private static readonly UseToken s_use = new(Sample.Key("secret"), 1);
    private static readonly ClaimValue s_claim = new(Sample.Contact, "email", Sample.Print("ada"), s_entry.Id);

    public static TheoryData<string, PostUnit> Whole => new()
    {
        { "an entry without a key", Sample.Unit(new InsertEntry(Sample.Entry(EntryId.FromRow(7, 0), 0))) },
        { "an entry under its key", Sample.Keyed(s_entry, 0) },
        { "a job alone", Sample.Unit(new InsertJob(s_entry.Id, "mail", 0)) },
        { "a secret that is used", Sample.Unit(new TokenUnused(s_use.Token), s_use) },
        { "a value that the new entry holds", Sample.Unit(s_claim.Guard, new InsertEntry(s_entry), s_claim) },
    };

    public static TheoryData<string, PostUnit> StepByStep => new()
    {
        { "a key that is free and stays free", Sample.Unit(s_keyFree, new InsertEntry(s_other)) },
        { "no key that is free", Sample.Unit(new KeyFree(default, default, 0), new InsertEntry(s_entry)) },
        { "a secret that is unused and stays so", Sample.Unit(new TokenUnused(Sample.Key("a")), s_use) },
        { "a value that is free and stays free", Sample.Unit(s_claim.Guard, new InsertEntry(s_entry)) },
        { "a value of an entry that is there", Sample.Unit(s_claim) },
        { "a value of an entry that comes after it", Sample.Unit(s_claim, new InsertEntry(s_entry)) },
        {
            "a value of an entry that is held",
            Sample.Unit(new InsertEntry(s_entry with { State = EntryState.Held }), s_claim)
        },
        { "a count", Sample.Unit(new CountBelow(Sample.Contact, 0, 0, 1), new InsertEntry(s_entry)) },
        { "what is counted", Sample.Unit(new InsertEntry(s_entry), new CountEntry(Sample.Contact, 0, 0)) },
        { "the state of an entry", Sample.Unit(new EntryInState(s_entry.Id, EntryState.Held), new InsertEntry(s_other)) },
        { "an entry that moves", Sample.Unit(new SetEntryState(s_entry.Id, EntryState.Held, null)) },
        { "an entry that goes", Sample.Unit(new DeleteEntry(s_entry.Id, KeepKey: true)) },
        { "a lease", Sample.Unit(new JobLeased(1, 1), new SettleJob(1, JobState.Done, 0, null)) },
        { "a job that is settled", Sample.Unit(new SettleJob(1, JobState.Done, 0, null)) },
        { "a statement", Sample.Unit(new RunStatement(new Statement("SELECT 1"))) },
    };

    [Theory]
    [MemberData(nameof(Whole))]
    public void What_is_simply_new_is_sent_whole(string name, PostUnit unit)
    {
        Assert.NotEmpty(name);
        Assert.NotNull(FreshBatch.Of([new UnitWork(unit)], 0));
    }

    [Theory]
    [MemberData(nameof(StepByStep))]
    public void What_rests_on_anything_else_is_not_and_neither_is_what_is_beside_it(string name, PostUnit unit)
    {
        Assert.NotEmpty(name);
        Assert.Null(FreshBatch.Of([new UnitWork(unit)], 0));
        Assert.Null(FreshBatch.Of([new UnitWork(Sample.Keyed(s_other, 0)), new UnitWork(unit)], 0));
    }
}
