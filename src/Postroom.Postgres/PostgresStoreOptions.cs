namespace Postroom.Postgres;

/// <summary>Which database the store lives in, and how much it may hold in hand.</summary>
public sealed record PostgresStoreOptions
{
    /// <summary>
    /// How to reach the database: Npgsql's keywords (<c>Host=…;Database=…</c>) or an address
    /// (<c>postgres://user:password@host/database</c>). It is never logged.
    /// </summary>
    public required string ConnectionString { get; init; }

    /// <summary>
    /// The schema of the store's own tables, made when there is none: lower-case letters, digits and underscores;
    /// <c>postroom</c> unless told. Stores of different schemas in one database know nothing of each other.
    /// </summary>
    public string Schema { get; init; } = "postroom";

    /// <summary>Connections that write; 2 unless told. Units gather while all of them are busy.</summary>
    public int Writers { get; init; } = 2;

    /// <summary>Units in one transaction at most; 256 unless told.</summary>
    public int BatchMax { get; init; } = 256;

    /// <summary>Units that may wait for a writer; with more, a commit ends as Busy. 8192 unless told.</summary>
    public int QueueMax { get; init; } = 8192;

    /// <summary>Bytes of documents and answers that may wait for a writer, else Busy; 256 MiB unless told.</summary>
    public long QueueBytesMax { get; init; } = 256 * 1024 * 1024;

    /// <summary>
    /// How long a unit waits for a writer before it ends as Busy, and how long one whose connection is lost is tried
    /// again; 10 seconds unless told.
    /// </summary>
    public TimeSpan QueueWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a statement waits for a row that another transaction holds; 5 seconds unless told.</summary>
    public TimeSpan LockWait { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a commit whose end was lost is looked for before it ends as Unknown; 20 seconds unless told.
    /// </summary>
    public TimeSpan ResolveWait { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Statements that make the user's own tables, run at every start inside one transaction, such as
    /// <c>create table if not exists …</c>.
    /// </summary>
    public IReadOnlyList<string> OnOpen { get; init; } = [];

    /// <summary>
    /// Whether leases go by the database's clock, so that nodes whose clocks differ agree; tests that set the clock
    /// turn it off.
    /// </summary>
    internal bool LeasesByServerClock { get; init; } = true;

    /// <summary>Whether other nodes are told of jobs; tests that count round trips turn it off.</summary>
    internal bool TellsOfJobs { get; init; } = true;

    /// <summary>
    /// How long the server waits for a node within a batch: one that stands still must not hold its rows for longer
    /// than another tries to get them.
    /// </summary>
    internal TimeSpan IdleWait => LockWait * 3;

    /// <summary>Puts failures where a test wants them.</summary>
    internal IStoreFault? Fault { get; init; }
}
