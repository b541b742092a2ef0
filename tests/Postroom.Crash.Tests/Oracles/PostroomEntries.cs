namespace Postroom.Crash.Tests.Oracles;

/// <summary>The entries in the product's database, read without the product: one file, plain tables.</summary>
internal static class PostroomEntries
{
    private const string Query = """
        SELECT json_extract(entries.document, '$.message'), answer_status,
          CAST(coalesce(entries.answer, answers.body) AS BLOB)
        FROM entries LEFT JOIN answers ON answers.row = entries.row
        WHERE state < 4
        """;

    /// <summary>What the data folder's database holds, the message field telling the key.</summary>
    public static List<StoredEntry> Read(string data) => SqliteEntries.Read(Database(data), "entries", Query);

    /// <summary>Entries without exactly one job: both are of one unit, so neither is there without the other.</summary>
    public static List<Violation> WithoutTheirJob(string data) =>
    [
        .. SqliteEntries.Read(Database(data), "jobs", """
            SELECT json_extract(document, '$.message'), (SELECT count(*) FROM jobs WHERE entry_row = entries.row), x''
            FROM entries WHERE 1 <> (SELECT count(*) FROM jobs WHERE entry_row = entries.row)
            UNION ALL SELECT 'job ' || number, 1, x'' FROM jobs WHERE entry_row NOT IN (SELECT row FROM entries)
            """).Select(row => new Violation(ViolationKind.TornUnit, row.Key, $"{row.Status} jobs"))
    ];

    private static string Database(string data) =>
        Directory.Exists(data) ? Path.Combine(data, "postroom.db") : ":memory:";
}
