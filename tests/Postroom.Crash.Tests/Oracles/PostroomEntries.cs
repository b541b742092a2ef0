using System.Text;

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

    /// <summary>The files that its entries name, in the order sent.</summary>
    public static List<StoredFile> ReadFiles(string data) =>
    [
        .. SqliteEntries.Read(Database(data), "entry_files", """
            SELECT json_extract(e.document, '$.message'), r.size, CAST(r.path || ' ' || r.sha256 AS BLOB)
            FROM files_readable r
            JOIN entry_files f ON f.position = r.position AND lower(hex(f.id)) = replace(substr(r.path, 10), '-', '')
            JOIN entries e ON e.row = f.entry_row
            ORDER BY e.row, r.position
            """).Select(row => Encoding.ASCII.GetString(row.Body).Split(' ') is [var path, var digest]
                ? new StoredFile(row.Key, path, row.Status, digest)
                : throw new InvalidDataException("A row of files is not as expected."))
    ];

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
