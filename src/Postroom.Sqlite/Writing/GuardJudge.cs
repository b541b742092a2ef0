using Postroom.Sqlite.Engine;
using Postroom.Sqlite.Records;
using Postroom.Storage;

namespace Postroom.Sqlite.Writing;

/// <summary>Judges guards inside the writer's transaction.</summary>
internal sealed class GuardJudge(
    EntryTable entries, JobTable jobs, TokenTable tokens, CountTable counts, UploadTable uploads,
    UserStatements statements, RecordJudge records)
{
    /// <summary>Null when the guard holds, else how the unit ends.</summary>
    public UnitOutcome? Judge(Guard guard)
    {
        switch (guard)
        {
            case KeyFree free:
                return entries.FindKey(free.Key, free.Now) is { } match ? Taken(free, match) : null;
            case EntryInState expected when entries.Find(expected.Id) is not { } entry
                || !expected.Holds(entry.State, entry.Reason):
            case JobLeased leased when !jobs.IsLeased(leased):
            case TokenUnused unused when tokens.IsUsed(unused.Token):
            case ValueFree value when entries.Holds(value):
            case CountBelow below when !counts.IsBelow(below):
            case UploadHeld held when !uploads.IsHeld(held):
            case UploadRoom room when !uploads.HasRoom(room):
                return new UnitOutcome(UnitVerdict.Refused, guard);
            case QueryUnchanged unchanged:
                return Judge(unchanged);
            default:
                return records.Judge(guard);
        }
    }

    private static UnitOutcome Taken(KeyFree free, KeyMatch match) => match.Fingerprint == free.Fingerprint
        ? new UnitOutcome(UnitVerdict.Duplicate, Match: match)
        : new UnitOutcome(UnitVerdict.Refused, free, match);

    private UnitOutcome? Judge(QueryUnchanged unchanged)
    {
        try
        {
            return statements.Query(unchanged.Query).Digest() == unchanged.Digest
                ? null
                : new UnitOutcome(UnitVerdict.Refused, unchanged);
        }
        catch (StatementFailedException failure)
        {
            return new UnitOutcome(UnitVerdict.Failed, Error: failure.Message);
        }
    }
}
