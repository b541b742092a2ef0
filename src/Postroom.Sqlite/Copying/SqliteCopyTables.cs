using System.Globalization;
using Postroom.Sqlite.Reading;
using Postroom.Storage.Copying;

namespace Postroom.Sqlite.Copying;

/// <summary>How this engine keeps each table that is copied, and what it makes from them.</summary>
internal static class SqliteCopyTables
{
    // Bytes that are JSON: a person with sqlite3 reads them, so they are texts here.
    private const string AsText = "CAST(? AS TEXT)";

    private const string Answer =
        "CASE WHEN t.answer_status IS NOT NULL THEN coalesce(t.answer, "
        + "(SELECT a.body FROM answers a WHERE a.row = t.row), x'') END";

    /// <summary>What an entry counts for where retention is by size.</summary>
    public const string Bytes =
        "coalesce(octet_length(t.document), 0) + coalesce(octet_length(t.control), 0) + "
        + "coalesce(octet_length(t.answer), (SELECT octet_length(a.body) FROM answers a WHERE a.row = t.row), 0) "
        + "+ coalesce((SELECT sum(f.size) FROM entry_files f WHERE f.entry_row = t.row), 0) "
        + "+ coalesce((SELECT octet_length(b.body) FROM bodies b WHERE b.row = t.row), 0)";

    private static readonly string s_answerInlineMax =
        EntryColumns.AnswerInlineMax.ToString(CultureInfo.InvariantCulture);

    public static IReadOnlyList<SqliteCopyTable> All { get; } =
    [
        new(CopyTables.Settings) { Where = $"t.name <> '{CopyProgress.Name}'" },
        new(CopyTables.Entries)
        {
            Count = "SELECT sum(stored + held + refused + running) FROM entry_spans",
            Reads = new Dictionary<string, string>
            {
                ["bytes"] = Bytes, ["answer"] = Answer, ["document"] = "coalesce(t.document, x'')",
            },
            Writes = new Dictionary<string, string?>
            {
                ["bytes"] = null,
                ["answer"] = $"iif(octet_length(?) <= {s_answerInlineMax}, {AsText}, NULL)",
                ["document"] = "CAST(nullif(?, x'') AS TEXT)",
                ["control"] = AsText,
            },
            Also = $"INSERT INTO answers SELECT ?1, ?21 WHERE octet_length(?21) > {s_answerInlineMax}",
        },
        new(CopyTables.Bodies)
        {
            Reads = new Dictionary<string, string> { ["gaps"] = "replace(coalesce(t.gaps, ''), ',', ' ')" },
            Writes = new Dictionary<string, string?> { ["gaps"] = "nullif(replace(?, ' ', ','), '')" },
        },
        new(CopyTables.Files)
        {
            Reads = new Dictionary<string, string> { ["digest"] = "lower(hex(t.digest))" },
            Writes = new Dictionary<string, string?> { ["digest"] = "unhex(?)", ["field"] = AsText },
        },
        new(CopyTables.Jobs),
        new(CopyTables.Tokens),
        new(CopyTables.Values)
        {
            Reads = new Dictionary<string, string>
            {
                ["entry"] = "(SELECT e.id FROM entries e WHERE e.row = t.entry_row)",
            },
            Writes = new Dictionary<string, string?> { ["entry"] = null },
        },
        new(CopyTables.Counts) { Where = "t.count > 0" },
        new(CopyTables.Uploads)
        {
            Where = "(t.state <> 0 OR NOT @files_move)",
            Reads = new Dictionary<string, string>
            {
                ["answer"] = "CASE WHEN t.answer_status IS NOT NULL THEN coalesce(t.answer, x'') END",
                ["metadata"] = "coalesce(t.metadata, x'')",
                ["file_state"] = "coalesce(t.file_state, x'')",
            },
        },
        new(CopyTables.Resources),
        new(CopyTables.Keys)
        {
            From = "(SELECT key, max(row) AS row, expires_at FROM entries "
                + $"WHERE key IS NOT NULL AND expires_at > @now GROUP BY key)",
        },
    ];

    /// <summary>What is not copied, since it is made from what is, or speaks of this database alone.</summary>
    public static IReadOnlyList<string> Derived { get; } =
    [
        "answers", "entry_spans", "key_generations", "migrations", "upload_usage",
        "entries.lease_owner", "entries.lease_until", "record_tables.number", "record_tables.filled_to",
        "record_columns", "record_sum_rules", "record_sums", "record_changes.record_table",
    ];

    public static SqliteCopyTable Of(CopyTable table) => All.Single(kept => kept.Table == table);
}
