using Npgsql;
using Postroom.Storage;

namespace Postroom.Postgres.Reading;

/// <summary>Reads jobs from rows.</summary>
internal static class JobRows
{
    /// <summary>The columns of a table named j.</summary>
    public const string Columns =
        "j.number, j.entry, j.name, j.state, j.attempts, j.run_at, j.claim, j.lease_until, j.error";

    /// <summary>How many they are.</summary>
    public const int Count = 9;

    public static Job Read(NpgsqlDataReader reader) => new(
        reader.GetInt64(0), Uuids.Entry(reader.GetGuid(1)), reader.GetString(2), (JobState)reader.GetInt32(3),
        reader.GetInt32(4), reader.GetInt64(5), reader.GetInt64(6), reader.GetInt64(7), reader.TextOrNull(8));
}
