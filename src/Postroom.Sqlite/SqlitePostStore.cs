using Microsoft.Extensions.Logging;
using Postroom.Sqlite.Erasing;
using Postroom.Sqlite.Purging;
using Postroom.Sqlite.Records;
using Postroom.Storage;
using Postroom.Storage.Records;

namespace Postroom.Sqlite;

/// <summary>The embedded store: one SQLite file, one thread that writes, commits in groups.</summary>
public sealed class SqlitePostStore : IPostStore
{
    private static readonly List<Job> s_noJobs = [];

    private readonly StoreParts _parts;
    private readonly Purger _purger;
    private readonly RecordPreparation _preparation;
    private int _disposed;

    private SqlitePostStore(StoreParts parts)
    {
        _parts = parts;
        _purger = new Purger(
            parts.Readers, parts.Writer, parts.Keys, parts.Session.Records, parts.Folder.Path);
        _preparation = new RecordPreparation(parts.Writer, parts.Readers);
    }

    /// <inheritdoc/>
    public string Name => "sqlite";

    /// <inheritdoc/>
    public bool HasStatements => true;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Secret => _parts.Secret;

    /// <inheritdoc/>
    public EntryIdSource Ids => _parts.Ids;

    /// <inheritdoc/>
    public CancellationToken Poisoned => _parts.Writer.Poisoned;

    /// <summary>
    /// Has the database written anew when the store is closed, so that nothing of what was deleted is left in its file.
    /// It takes as much space again while it lasts.
    /// </summary>
    internal void CompactOnClose() => _parts.CompactsOnClose = true;

    /// <summary>
    /// Erases entries and what belongs to them, overwriting what it can reach; their keys stay taken. Null when it had
    /// no effect. The bytes of files are the caller's.
    /// </summary>
    internal Task<EraseTally?> EraseAsync(IReadOnlyList<EntryId> entries) =>
        _parts.Writer.RunAsync(session => EraseWrites.Run(session, entries));

    /// <summary>Empties the log's file, where what was erased still stands; false when a reader needs it.</summary>
    internal Task<bool> EmptyLogAsync() => _parts.Writer.EmptyLogAsync();

    /// <summary>Opens the store in a data folder, which it makes when there is none.</summary>
    /// <param name="options">Where, and how much in hand.</param>
    /// <param name="time">The clock of ids, leases and last changes.</param>
    /// <param name="entropy">Where the secret and the ids' random bits come from.</param>
    /// <param name="logger">Hears of what a person should know.</param>
    /// <exception cref="DataFolderInUseException">Another process has the folder.</exception>
    /// <exception cref="StoreStartException">
    /// The folder is on a network file system, or the database is newer than this version or was tampered with.
    /// </exception>
    public static Task<SqlitePostStore> OpenAsync(
        SqliteStoreOptions options, TimeProvider time, EntropySource entropy, ILogger logger) =>
        Task.Run(() => new SqlitePostStore(new StoreOpening(options, time, entropy, logger).Open()));

    /// <summary>Opens a store for reading only, beside a running server or without one.</summary>
    /// <param name="folder">Its data folder.</param>
    /// <param name="time">The clock that ends views which stay open too long.</param>
    /// <exception cref="StoreStartException">There is none, or it is of another version.</exception>
    public static SqliteStoreView OpenReadOnly(string folder, TimeProvider time) => SqliteStoreView.Open(folder, time);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<RecordTableFault>> PrepareAsync(
        IReadOnlyList<RecordTable> tables, CancellationToken cancel) => await _preparation.RunAsync(tables, cancel);

    /// <inheritdoc/>
    public ValueTask<UnitOutcome> CommitAsync(PostUnit unit)
    {
        UnitRules.Check(unit);
        return _parts.Writer.CommitAsync(unit);
    }

    /// <inheritdoc/>
    public KeyMatch? FindKey(KeyHash key, long now)
    {
        var row = _parts.Keys.Find(key);
        return row == 0 ? null : _parts.Readers.FindMatch(row, key, now);
    }

    /// <inheritdoc/>
    public IStoreReader Read() => _parts.Readers.Read();

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Job>> ClaimJobsAsync(long now, long leaseUntil, int max) =>
        await _parts.Writer.RunAsync(session => session.Jobs.Claim(now, leaseUntil, max, session.Now)) ?? s_noJobs;

    /// <inheritdoc/>
    public async ValueTask<PurgeReport> PurgeAsync(PurgeOrder order, CancellationToken cancel) =>
        await _purger.RunAsync(order, cancel);

    /// <summary>
    /// Does what waits, moves the log into the database, and closes the file; the writer's connection last.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await _parts.CloseAsync();
            _preparation.Dispose();
        }
    }
}
