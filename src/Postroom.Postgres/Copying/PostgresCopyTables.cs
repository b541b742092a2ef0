using Postroom.Storage.Copying;

namespace Postroom.Postgres.Copying;

/// <summary>How this engine keeps each table that is copied, and what it makes from them.</summary>
internal static class PostgresCopyTables
{
    // Not the column: what it says is found out again, so that both sides count alike.
    private const string Bytes =
        "coalesce(length(t.document), 0)::bigint + coalesce(length(t.control), 0) + coalesce(length(t.answer), 0) "
        + "+ coalesce((SELECT sum(f.size) FROM postroom.entry_files f WHERE f.entry_row = t.row), 0)::bigint "
        + "+ coalesce((SELECT length(b.body) FROM postroom.bodies b WHERE b.row = t.row), 0)";

    public static IReadOnlyList<PostgresCopyTable> All { get; } =
    [
        new(CopyTables.Settings) { Where = $"t.name <> '{CopyProgress.Name}'" },
        new(CopyTables.Entries) { Reads = new Dictionary<string, string> { ["bytes"] = Bytes } },
        new(CopyTables.Bodies),
        new(CopyTables.Files),
        new(CopyTables.Jobs),
        new(CopyTables.Tokens),
        new(CopyTables.Values),
        new(CopyTables.Counts) { Where = "t.count > 0" },
        new(CopyTables.Uploads)
        {
            Where = "(t.state <> 0 OR NOT @files_move)", Trigger = "uploads_counted",
        },
        new(CopyTables.Resources),
        new(CopyTables.Keys)
        {
            // A key whose entry is gone stands for nothing.
            From = "postroom.keys t JOIN postroom.entries e ON e.row = t.row AND e.key = t.key",
            Where = $"t.expires_at > @now",
        },
    ];

    /// <summary>What is not copied, since it speaks of this database and its nodes alone.</summary>
    public static IReadOnlyList<string> Derived { get; } =
    [
        "migrations", "nodes", "writers", "upload_usage", "record_tables.number", "record_tables.generation",
        "record_columns", "record_sum_rules", "record_sums", "record_counters", "record_changes.record_table",
    ];

    /// <summary>What tells of tables of records.</summary>
    public static IReadOnlyList<string> OfRecords { get; } =
    [
        "record_tables", "record_columns", "record_sum_rules", "record_sums", "record_counters", "record_changes",
    ];

    public static PostgresCopyTable Of(CopyTable table) => All.Single(kept => kept.Table == table);
}
