using System.Globalization;
using Postroom.Sqlite.Engine;
using Postroom.Sqlite.Schema;
using Postroom.Storage;

namespace Postroom.Sqlite.Backups;

/// <summary>
/// Copies the database of a data folder, whatever tables it has, beside a running server or without one.
/// </summary>
internal static class DatabaseCopy
{
    /// <summary>2 MB with the usual pages: often enough for whoever watches, rare enough to cost nothing.</summary>
    private const int SlicePages = 256;

    /// <summary>
    /// Makes the copy: everything that was committed when the call began. It reads one moment, so the server's log
    /// starts over only when it has ended; nobody waits for it.
    /// </summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="target">The file to make; it must not exist.</param>
    /// <param name="progress">Hears of the bytes copied, and of how many there are.</param>
    /// <exception cref="StoreStartException">The source cannot be read.</exception>
    /// <exception cref="SqliteException">The copy cannot be written, or the source is damaged.</exception>
    public static void Make(string folder, string target, Action<long, long> progress)
    {
        using var source = StoreSource.Open(folder);
        using var reader = source.Connect();
        SchemaMigrator.Check(reader, Migrations.All);
        using (var copy = SqliteConnection.OpenWriter(target))
        {
            // What is half written is thrown away, so it needs no journal; the whole is synced once.
            copy.Execute("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF");
            reader.Execute("BEGIN");
            var pageBytes = reader.ScalarNumber("PRAGMA page_size") ?? WriterPragmas.PageBytes;

            // A moment begins with the first read, not with BEGIN.
            _ = reader.ScalarNumber("SELECT count(*) FROM migrations");
            reader.CopyTo(copy, SlicePages, (done, total) => progress(done * pageBytes, total * pageBytes));
            reader.Execute("ROLLBACK");
        }

        using var file = File.OpenHandle(target, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(file);
    }

    /// <summary>Opens a copy that nobody writes to, lets the engine check it, and counts its entries.</summary>
    /// <exception cref="StoreStartException">It is damaged, or of a newer version.</exception>
    public static DatabaseFacts Check(string database)
    {
        try
        {
            using var connection = SqliteConnection.OpenReaderAt(new Uri(database).AbsoluteUri + "?immutable=1");
            var schema = SchemaMigrator.Check(connection, Migrations.All);
            var verdict = connection.Scalar("PRAGMA integrity_check(1)");
            return verdict == "ok"
                ? new DatabaseFacts(schema, Count(connection))
                : throw new StoreStartException(string.Create(
                    CultureInfo.InvariantCulture, $"The database {database} is damaged: {verdict}"));
        }
        catch (SqliteException failure)
        {
            throw new StoreStartException($"The database {database} is damaged: {failure.EngineMessage}", failure);
        }
    }

    /// <summary>The files that a copy names, with their sizes.</summary>
    public static IReadOnlyList<(EntryId Id, long Size)> Files(string database)
    {
        using var connection = SqliteConnection.OpenReaderAt(new Uri(database).AbsoluteUri + "?immutable=1");
        if (connection.ScalarNumber("SELECT count(*) FROM sqlite_schema WHERE name = 'entry_files'") == 0)
        {
            // Of a version that took no files.
            return [];
        }

        using var select = connection.Prepare("SELECT id, size FROM entry_files ORDER BY id");
        var files = new List<(EntryId, long)>();
        while (select.Step())
        {
            files.Add((EntryId.Read(select.Bytes(0)), select.Number(1)));
        }

        return files;
    }

    private static List<EntriesOf> Count(SqliteConnection connection)
    {
        using var select = connection.Prepare(
            """
            SELECT endpoint, count(*) FILTER (WHERE state = 0), count(*) FILTER (WHERE state = 1),
              count(*) FILTER (WHERE state = 2), count(*) FILTER (WHERE state = 3)
            FROM entries WHERE state < 4 GROUP BY endpoint ORDER BY endpoint
            """);
        var counts = new List<EntriesOf>();
        while (select.Step())
        {
            counts.Add(new EntriesOf(
                select.Text(0)!, select.Number(1), select.Number(2), select.Number(3), select.Number(4)));
        }

        return counts;
    }
}
