using System.Globalization;
using Postroom.Sqlite.Engine;

namespace Postroom.Sqlite.Schema;

/// <summary>Brings a database to the schema of this version, or refuses.</summary>
internal static class SchemaMigrator
{
    /// <summary>Applies what is missing, each migration in a transaction of its own.</summary>
    /// <exception cref="StoreStartException">The database is newer than this version, or was tampered with.</exception>
    public static void Migrate(SqliteConnection connection, IReadOnlyList<Migration> migrations, long now)
    {
        connection.Execute(
            """
            CREATE TABLE IF NOT EXISTS migrations (
              number INTEGER PRIMARY KEY, name TEXT NOT NULL, digest TEXT NOT NULL, applied_at INTEGER NOT NULL
            ) STRICT
            """);
        var applied = Check(connection, migrations);
        foreach (var migration in migrations.Skip(applied))
        {
            connection.Execute("BEGIN IMMEDIATE");
            connection.Execute(migration.Sql);
            Record(connection, migration, now);
            connection.Execute("COMMIT");
        }

        // The log begins small, whatever the schema took: its file keeps the size that it once had.
        if (applied < migrations.Count)
        {
            connection.TryEmptyLog();
        }
    }

    /// <summary>Compares what was applied with what this version knows.</summary>
    /// <returns>How many migrations were applied.</returns>
    /// <exception cref="StoreStartException">They do not agree.</exception>
    public static int Check(SqliteConnection connection, IReadOnlyList<Migration> migrations)
    {
        using var applied = connection.Prepare("SELECT number, name, digest FROM migrations ORDER BY number");
        var count = 0;
        while (applied.Step())
        {
            var number = applied.Number(0);
            if (number > migrations.Count)
            {
                throw new StoreStartException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The database was last opened by a newer Postroom: it has migration {number} "
                    + $"\"{applied.Text(1)}\", and this version knows {migrations.Count}. Start the newer version, or "
                    + $"restore a backup made before the upgrade."));
            }

            if (number != ++count || applied.Text(2) != migrations[count - 1].Digest)
            {
                throw new StoreStartException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Migration {number} \"{applied.Text(1)}\" in the database is not the one that this version knows. "
                    + $"The database or the program was changed; restore either."));
            }
        }

        return count;
    }

    private static void Record(SqliteConnection connection, Migration migration, long now)
    {
        using var insert = connection.Prepare("INSERT INTO migrations VALUES (?1, ?2, ?3, ?4)");
        insert.Bind(1, migration.Number);
        insert.BindText(2, migration.Name);
        insert.BindText(3, migration.Digest);
        insert.Bind(4, now);
        insert.Run();
    }
}
