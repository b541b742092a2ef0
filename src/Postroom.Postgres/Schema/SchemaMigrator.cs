using Npgsql;

namespace Postroom.Postgres.Schema;

/// <summary>
/// Brings the database to this version's schema. Nodes that start together wait for each other: the steps run in one
/// transaction that holds a lock.
/// </summary>
internal static class SchemaMigrator
{
    // The number means nothing but "a schema of Postroom changes"; it only has to be the same in every version.
    private const long Lock = 0x506F7374726F6F6D;

    private const string Begin = """
        CREATE TABLE IF NOT EXISTS postroom.migrations (
          number integer PRIMARY KEY,
          name text NOT NULL,
          oldest_beside integer NOT NULL,
          applied_at timestamptz NOT NULL DEFAULT now()
        );
        """;

    /// <exception cref="PostgresStartException">
    /// The schema is of a version that this one cannot work beside.
    /// </exception>
    public static async Task MigrateAsync(
        Database database, IReadOnlyList<Migration> migrations, CancellationToken cancel)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using (var take = new NpgsqlCommand("SELECT pg_advisory_xact_lock($1)", connection)
        {
            Parameters = { Parameters.Long(Lock) },
            CommandTimeout = 0,
        })
        {
            await take.ExecuteNonQueryAsync(cancel);
        }

        // A role that may not make schemas can work in one that was made for it.
        await RunAsync(
            connection,
            $"DO $$ BEGIN IF to_regnamespace('{database.Schema}') IS NULL THEN CREATE SCHEMA {database.Schema}; "
                + "END IF; END $$",
            cancel);
        await RunAsync(connection, database.Sql(Begin), cancel);
        var last = await LastAsync(database, connection, migrations[^1].Number, cancel);
        foreach (var migration in migrations.Where(migration => migration.Number > last))
        {
            await RunAsync(connection, database.Sql(migration.Sql), cancel);
            await using var note = new NpgsqlCommand(
                database.Sql("INSERT INTO postroom.migrations VALUES ($1, $2, $3)"), connection)
            {
                Parameters =
                {
                    Parameters.Int(migration.Number), Parameters.Text(migration.Name),
                    Parameters.Int(migration.OldestBeside),
                },
            };
            await note.ExecuteNonQueryAsync(cancel);
        }

        await transaction.CommitAsync(cancel);
    }

    private static async Task<int> LastAsync(
        Database database, NpgsqlConnection connection, int known, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            database.Sql("SELECT coalesce(max(number), 0), coalesce(max(oldest_beside), 0) FROM postroom.migrations"),
            connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        var (last, oldest) = (reader.GetInt32(0), reader.GetInt32(1));
        return oldest <= known
            ? last
            : throw new PostgresStartException(
                $"The schema {database.Schema} is at step {last}, and a program must know step {oldest} to work with "
                + $"it; this version knows {known}. Install the version that the other nodes run.");
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancel);
    }
}
