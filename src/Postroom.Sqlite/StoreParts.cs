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
        Connection.Dispose();
        Writer.Dispose();
        Folder.Dispose();
    }
}
