using Postroom.Storage.Copying;

namespace Postroom.Postgres.Copying;

/// <summary>The row that says how far a copy into this database is.</summary>
internal static class CopyMark
{
    /// <exception cref="PostgresStartException">The database is half a copy.</exception>
    public static async Task RefuseUnfinishedAsync(Database database, CancellationToken cancel)
    {
        await using var command = database.Source.CreateCommand(
            database.Sql($"SELECT value FROM postroom.settings WHERE name = '{CopyProgress.Name}'"));
        if (await command.ExecuteScalarAsync(cancel) is byte[] row && CopyProgress.Objection(row) is { } objection)
        {
            throw new PostgresStartException($"The store in PostgreSQL is not served. {objection}");
        }
    }
}
