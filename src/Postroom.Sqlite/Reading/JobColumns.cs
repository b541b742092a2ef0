using Postroom.Sqlite.Engine;
using Postroom.Storage;

namespace Postroom.Sqlite.Reading;

/// <summary>Reads jobs from rows.</summary>
internal static class JobColumns
{
    /// <summary>The columns in the order that <see cref="Read"/> expects.</summary>
    public const string Names = "number, entry, name, state, attempts, run_at, claim, lease_until, error";

    public static Job Read(SqliteStatement row) => new(
        row.Number(0),
        EntryId.Read(row.Bytes(1)),
        row.Text(2)!,
        (JobState)row.Number(3),
        (int)row.Number(4),
        row.Number(5),
        row.Number(6),
        row.Number(7),
        row.Text(8));
}
