using SQLitePCL;

namespace Postroom.Sqlite.Engine;

/// <summary>What a user's statement may do.</summary>
internal static class StatementRules
{
    private static readonly HashSet<string> s_ours = new(StringComparer.OrdinalIgnoreCase)
    {
        "answers", "bodies", "entries", "entries_readable", "entry_files", "entry_spans", "files_readable", "jobs",
        "key_generations", "migrations", "quota_counts", "settings", "tokens", "unique_values",
        "upload_usage", "uploads", "uploads_readable",
    };

    /// <summary>True when the engine's action, with the names it concerns, is one for a user's own tables.</summary>
    /// <param name="action">SQLite's code of the action.</param>
    /// <param name="first">The first name: of a table for most actions.</param>
    /// <param name="second">The second name: of the table, for actions on an index or a trigger.</param>
    /// <param name="definitions">Whether tables may be made: when the store opens, not while it runs.</param>
    public static bool Allows(int action, string? first, string? second, bool definitions) => action switch
    {
        raw.SQLITE_SELECT or raw.SQLITE_READ or raw.SQLITE_FUNCTION or raw.SQLITE_RECURSIVE => true,
        raw.SQLITE_INSERT or raw.SQLITE_DELETE or raw.SQLITE_UPDATE =>
            !IsOurs(first) && (definitions || !IsSchema(first)),
        raw.SQLITE_CREATE_TABLE or raw.SQLITE_CREATE_VIEW or raw.SQLITE_DROP_TABLE or raw.SQLITE_DROP_VIEW
            or raw.SQLITE_REINDEX or raw.SQLITE_ANALYZE => definitions && !IsOurs(first),
        raw.SQLITE_CREATE_INDEX or raw.SQLITE_CREATE_TRIGGER or raw.SQLITE_DROP_INDEX or raw.SQLITE_DROP_TRIGGER
            or raw.SQLITE_ALTER_TABLE => definitions && !IsOurs(second),
        _ => false,
    };

    // Tables of records are made while the server runs: their names are ours before there are any.
    private static bool IsOurs(string? table) => table is not null
        && (s_ours.Contains(table)
            || table.StartsWith("r_", StringComparison.OrdinalIgnoreCase)
            || table.StartsWith("record_", StringComparison.OrdinalIgnoreCase));

    private static bool IsSchema(string? table) =>
        table is not null && table.StartsWith("sqlite_", StringComparison.OrdinalIgnoreCase);
}
