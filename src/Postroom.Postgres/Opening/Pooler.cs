using Npgsql;

namespace Postroom.Postgres.Opening;

/// <summary>Finds out whether a pooler such as PgBouncer stands before the server.</summary>
internal static class Pooler
{
    /// <summary>
    /// A pooler gives its clients numbers of its own for the process that serves them; who asks the server is told
    /// another. Behind one, what a session keeps (LISTEN, prepared statements) may be another's a moment later.
    /// </summary>
    public static async Task<bool> StandsBeforeAsync(NpgsqlDataSource source, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var command = new NpgsqlCommand("SELECT pg_backend_pid()", connection);
        return (int)(await command.ExecuteScalarAsync(cancel))! != connection.ProcessID;
    }
}
