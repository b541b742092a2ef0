using Microsoft.Extensions.Logging;
using Postroom.Sqlite.Engine;
using Postroom.Sqlite.Keys;
using Postroom.Sqlite.Purging;
using Postroom.Sqlite.Reading;
using Postroom.Sqlite.Writing;
using Postroom.Storage;

namespace Postroom.Sqlite;

/// <summary>The embedded store: one SQLite file, one thread that writes, commits in groups.</summary>
public sealed class SqlitePostStore : IPostStore
{
    private static readonly List<Job> s_noJobs = [];

    private readonly DataFolder _folder;
    private readonly SqliteConnection _connection;
    private readonly WriterSession _session;
    private readonly StoreWriter _writer;
    private readonly ReaderPool _readers;
    private readonly KeyIndex _keys;
    private readonly KeySealer _sealer;
    private readonly Purger _purger;
    private readonly byte[] _secret;
    private int _disposed;

    internal SqlitePostStore(OpenedStore opened)
    {
        _folder = opened.Folder;
        _connection = opened.Connection;
        _session = opened.Session;
        _writer = opened.Writer;
        _readers = opened.Readers;
        _keys = opened.Keys;
        _sealer = opened.Sealer;
        _purger = new Purger(opened.Readers, opened.Writer, opened.Keys, opened.Folder.Path);
        _secret = opened.Secret;
        Ids = opened.Ids;
    }

    /// <inheritdoc/>
    public string Name => "sqlite";

    /// <inheritdoc/>
    public bool HasStatements => true;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Secret => _secret;

    /// <inheritdoc/>
    public EntryIdSource Ids { get; }

    /// <inheritdoc/>
    public CancellationToken Poisoned => _writer.Poisoned;

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
        Task.Run(() => new SqlitePostStore(OpenedStore.Open(options, time, entropy, logger)));

    /// <summary>Opens a store for reading only, beside a running server or without one.</summary>
    /// <param name="folder">Its data folder.</param>
    /// <param name="time">The clock that ends views which stay open too long.</param>
    /// <exception cref="StoreStartException">There is none, or it is of another version.</exception>
    public static SqliteStoreView OpenReadOnly(string folder, TimeProvider time) => SqliteStoreView.Open(folder, time);

    /// <inheritdoc/>
    public ValueTask<UnitOutcome> CommitAsync(PostUnit unit)
    {
        UnitRules.Check(unit);
        return _writer.CommitAsync(unit);
    }

    /// <inheritdoc/>
    public KeyMatch? FindKey(KeyHash key, long now)
    {
        var row = _keys.Find(key);
        return row == 0 ? null : _readers.FindMatch(row, key, now);
    }

    /// <inheritdoc/>
    public IStoreReader Read() => _readers.Read();

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Job>> ClaimJobsAsync(long now, long leaseUntil, int max) =>
        await _writer.RunAsync(session => session.Jobs.Claim(now, leaseUntil, max, session.Now)) ?? s_noJobs;

    /// <inheritdoc/>
    public async ValueTask<PurgeReport> PurgeAsync(PurgeOrder order, CancellationToken cancel) =>
        await _purger.RunAsync(order, cancel);

    /// <summary>Does what waits, moves the log into the database, and closes the file; the writer's connection last.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _writer.Close();
        await _writer.Ended;
        await _sealer.Idle;
        _keys.Dispose();
        _readers.Dispose();
        _session.Dispose();
        _connection.Dispose();
        _writer.Dispose();
        _folder.Dispose();
    }
}
