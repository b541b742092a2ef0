using SQLitePCL;

namespace Postroom.Crash.Tests.Oracles;

/// <summary>Opens a SQLite file as a restart would and reads key, status and answer of every entry.</summary>
internal static class SqliteEntries
{
    static SqliteEntries() => Batteries_V2.Init();

    /// <param name="path">The database; it need not exist when nothing of it reached the disk.</param>
    /// <param name="table">The table that an empty store may lack.</param>
    /// <param name="query">Gives key, status and answer.</param>
    /// <param name="complaint">Why the store is unusable, or null.</param>
    public static List<StoredEntry> Read(string path, string table, string query, out string? complaint)
    {
        var entries = new List<StoredEntry>();
        complaint = null;
        var code = raw.sqlite3_open_v2(path, out var database, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE, null);
        using (database)
        {
            if (code == raw.SQLITE_OK)
                code = Read(database, "PRAGMA integrity_check", row => raw.sqlite3_column_text(row, 0).utf8_to_string(), out var check)
                    is var checkCode && checkCode == raw.SQLITE_OK && check is not ["ok"]
                        ? raw.SQLITE_CORRUPT
                        : checkCode;
            var exists = new List<string>();
            if (code == raw.SQLITE_OK)
                code = Read(database, $"SELECT name FROM sqlite_schema WHERE name = '{table}'", row => "", out exists);
            if (code == raw.SQLITE_OK && exists.Count > 0)
                code = Read(database, query, Entry, out entries);
            if (code != raw.SQLITE_OK)
                complaint = $"SQLite answers {code}: {raw.sqlite3_errmsg(database).utf8_to_string()}";
        }
        return entries;
    }

    private static StoredEntry Entry(sqlite3_stmt row) => new(
        raw.sqlite3_column_text(row, 0).utf8_to_string(),
        raw.sqlite3_column_int(row, 1),
        raw.sqlite3_column_blob(row, 2).ToArray());

    private static int Read<T>(sqlite3 database, string query, Func<sqlite3_stmt, T> read, out List<T> rows)
    {
        rows = [];
        var code = raw.sqlite3_prepare_v2(database, query, out var statement);
        if (code != raw.SQLITE_OK)
            return code;
        using (statement)
        {
            while ((code = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
                rows.Add(read(statement));
        }
        return code == raw.SQLITE_DONE ? raw.SQLITE_OK : code;
    }
}
