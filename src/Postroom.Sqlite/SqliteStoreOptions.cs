namespace Postroom.Sqlite;

/// <summary>Where a SQLite store lives and how much it may hold in hand.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>The data folder, made when there is none. On a local disk: network file systems are refused.</summary>
    public required string Folder { get; init; }

    /// <summary>Units that may wait for the writer; with more, a commit ends as Busy. 8192 unless told.</summary>
    public int QueueMax { get; init; } = 8192;

    /// <summary>Bytes of documents and answers that may wait for the writer, else Busy; 256 MiB unless told.</summary>
    public long QueueBytesMax { get; init; } = 256 * 1024 * 1024;

    /// <summary>
    /// Keys in memory before they are sealed into a file, 24 bytes and a half-empty table each; 1,000,000 unless told.
    /// </summary>
    public int GenerationKeysMax { get; init; } = 1_000_000;

    /// <summary>The log is moved into the database when it has grown by so many bytes; 3 MiB unless told.</summary>
    public long CheckpointBytes { get; init; } = 3 * 1024 * 1024;

    /// <summary>
    /// Statements that make the user's own tables, run at every start inside one transaction, such as
    /// <c>create table if not exists …</c>. They may not touch the store's own.
    /// </summary>
    public IReadOnlyList<string> OnOpen { get; init; } = [];

    /// <summary>Whether what is deleted is overwritten with zeros in the file, for one who erases.</summary>
    internal bool Erases { get; init; }

    /// <summary>Hears of the points that the store passes; null costs nothing.</summary>
    internal IStoreProbe? Probe { get; init; }

    /// <summary>Puts failures where a test wants them.</summary>
    internal IStoreFault? Fault { get; init; }

    /// <summary>Pages that the database may have, as on a disk with so much space; null for all there is.</summary>
    internal int? PagesMax { get; init; }

    /// <summary>
    /// Steps of the engine that one statement of the user's may take: 100 million are a second or two.
    /// </summary>
    internal long StatementStepsMax { get; init; } = 100_000_000;
}
