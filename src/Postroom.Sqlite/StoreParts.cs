using Postroom.Sqlite.Engine;
using Postroom.Sqlite.Keys;
using Postroom.Sqlite.Reading;
using Postroom.Sqlite.Writing;
using Postroom.Storage;

namespace Postroom.Sqlite;

/// <summary>The parts of an open store.</summary>
internal sealed class StoreParts
{
    public required DataFolder Folder { get; init; }

    public required SqliteConnection Connection { get; init; }

    public required WriterSession Session { get; init; }

    public required StoreWriter Writer { get; init; }

    public required ReaderPool Readers { get; init; }

    public required KeyIndex Keys { get; init; }

    public required KeySealer Sealer { get; init; }

    public required byte[] Secret { get; init; }

    public required EntryIdSource Ids { get; init; }

    /// <summary>Whether the file is written anew when it is closed, without what was deleted.</summary>
    public bool CompactsOnClose { get; set; }

    /// <summary>
    /// Does what waits, and closes part after part: the writer's connection after all readers, the lock last.
    /// </summary>
    public async ValueTask CloseAsync()
    {
        Writer.Close();
        await Writer.Ended;
        await Sealer.Idle;
        Keys.Dispose();
        Readers.Dispose();
        Session.Dispose();
        try
        {
            if (CompactsOnClose)
            {
                Compact();
            }
        }
        finally
        {
            Connection.Dispose();
            Writer.Dispose();
            Folder.Dispose();
        }
    }

    // What was deleted long ago may still stand in free pages, and what was deleted now in the log.
    private void Compact()
    {
        Connection.Execute("PRAGMA temp_store=FILE; VACUUM");
        if (Connection.ScalarNumber("PRAGMA wal_checkpoint(TRUNCATE)") != 0)
        {
            throw new StoreStartException(
                $"Another process reads {Folder.Database}, so that its log could not be emptied. End that process.");
        }
    }
}
