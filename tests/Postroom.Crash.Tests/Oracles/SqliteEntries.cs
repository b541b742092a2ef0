using SQLitePCL;

namespace Postroom.Crash.Tests.Oracles;

/// <summary>Opens a SQLite file as a restart would and reads what it holds, after a check of the whole file.</summary>
internal sealed class SqliteEntries : IDisposable
{
    private const int OpenFlags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE;
    private readonly sqlite3 _database;

    static SqliteEntries() => Batteries_V2.Init();

    private SqliteEntries(string path) => Demand(raw.sqlite3_open_v2(path, out _database, OpenFlags, null));

    /// <param name="path">The database; it need not exist when nothing of it reached the disk.</param>
    /// <param name="table">The table that a store without any entry may lack.</param>
    /// <param name="query">Gives key, status and answer.</param>
    /// <exception cref="InvalidDataException">The file does not open or is damaged.</exception>
    public static List<StoredEntry> Read(string path, string table, string query)
    {
        using var entries = new SqliteEntries(path);
        var found = entries.Rows("PRAGMA integrity_check", row => raw.sqlite3_column_text(row, 0).utf8_to_string());
        if (found is not ["ok"])
        {
            throw new InvalidDataException(string.Join("; ", found));
        }

        var tables = entries.Rows($"SELECT 1 FROM sqlite_schema WHERE name = '{table}'", _ => true);
        return tables.Count == 0 ? [] : entries.Rows(query, Entry);
    }

    public void Dispose() => _database.Dispose();

    private static StoredEntry Entry(sqlite3_stmt row) => new(
        raw.sqlite3_column_text(row, 0).utf8_to_string(),
        raw.sqlite3_column_int(row, 1),
        raw.sqlite3_column_blob(row, 2).ToArray());

    private List<T> Rows<T>(string query, Func<sqlite3_stmt, T> read)
    {
        var rows = new List<T>();
        Demand(raw.sqlite3_prepare_v2(_database, query, out var statement));
        using (statement)
        {
            int code;
            while ((code = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
            {
                rows.Add(read(statement));
            }

            Demand(code == raw.SQLITE_DONE ? raw.SQLITE_OK : code);
        }

        return rows;
    }

    private void Demand(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw new InvalidDataException($"SQLite answers {code}: {raw.sqlite3_errmsg(_database).utf8_to_string()}");
        }
    }
}
