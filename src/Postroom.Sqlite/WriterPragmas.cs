using System.Globalization;
using Postroom.Sqlite.Engine;

namespace Postroom.Sqlite;

/// <summary>
/// How the writer's connection is set up: every line is read back, and a store that cannot have one does not start.
/// </summary>
internal static class WriterPragmas
{
    /// <summary>
    /// A batch is a few dozen rows in a row: with pages of twice the usual size the log takes half the calls for them,
    /// which is worth more than the bytes of the last page written again.
    /// </summary>
    public const long PageBytes = 8192;

    private const string Wal = "wal";
    private const string Full = "2";

    public static void Set(SqliteConnection connection, int? pagesMax = null)
    {
        // Only an empty file takes a page size; another keeps its own.
        connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA page_size={PageBytes}"));
        connection.SetPragma("journal_mode", Wal, Wal);
        connection.SetPragma("synchronous", "FULL", Full);

        // On macOS a plain fsync leaves the data in the drive; elsewhere these two change nothing.
        connection.SetPragma("fullfsync", "1", "1");
        connection.SetPragma("checkpoint_fullfsync", "1", "1");

        // The writer checkpoints between batches, nobody else and at no other time.
        connection.SetPragma("wal_autocheckpoint", "0", "0");
        connection.SetPragma("cache_size", "-16384", "-16384");
        connection.SetPragma("temp_store", "MEMORY", "2");

        // What an update or a deletion leaves within a page is overwritten, as far as that costs no write more.
        connection.SetPragma("secure_delete", "FAST", "2");

        // After a log that had to grow, the file shrinks again when it starts over.
        connection.SetPragma("journal_size_limit", "16777216", "16777216");
        if (pagesMax is { } pages)
        {
            var text = pages.ToString(CultureInfo.InvariantCulture);
            connection.SetPragma("max_page_count", text, text);
        }
    }
}
