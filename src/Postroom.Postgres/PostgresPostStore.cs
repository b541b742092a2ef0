using Microsoft.Extensions.Logging;
using Postroom.Postgres.Jobs;
using Postroom.Postgres.Opening;
using Postroom.Postgres.Purging;
using Postroom.Postgres.Reading;
using Postroom.Postgres.Records;
using Postroom.Storage;
using Postroom.Storage.Records;

namespace Postroom.Postgres;

/// <summary>The store for many nodes: one PostgreSQL database, as many processes as there is work for.</summary>
public sealed class PostgresPostStore : IPostStore
{
    private static readonly List<Job> s_noJobs = [];

    private readonly PostgresParts _parts;
    private readonly KeyLookup _keys;
    private readonly JobLeases _leases;
    private readonly PostgresPurger _purger;
    private readonly bool _tellsOfJobs;
    private readonly RecordPreparation _preparation;
    private int _disposed;

    private PostgresPostStore(PostgresParts parts, PostgresStoreOptions options, TimeProvider time)
    {
        _parts = parts;
        _keys = new KeyLookup(parts.Database);
        _leases = new JobLeases(parts.Database, options.LeasesByServerClock, time);
        _tellsOfJobs = options.TellsOfJobs;
        _purger = new PostgresPurger(parts.Database, parts.Shapes);
        _preparation = new RecordPreparation(parts.Database, parts.Shapes);
    }

    /// <inheritdoc/>
    public string Name => "postgres";

    /// <inheritdoc/>
    public bool HasStatements => true;

    /// <inheritdoc/>
    public bool IsShared => true;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Secret => _parts.Secret;

    /// <inheritdoc/>
    public EntryIdSource Ids => _parts.Ids;

    /// <summary>Never: a database that failed can be asked again, and a node has nothing of its own to lose.</summary>
    public CancellationToken Poisoned => CancellationToken.None;

    /// <summary>Opens the store, and makes its schema where there is none.</summary>
    /// <param name="options">Which database, and how much in hand.</param>
    /// <param name="time">The clock of ids and last changes.</param>
    /// <param name="entropy">Where the secret and the ids' random bits come from.</param>
    /// <param name="logger">Hears of what a person should know.</param>
    /// <param name="cancel">Ends the start.</param>
    /// <exception cref="PostgresStartException">
    /// The server cannot be reached, cannot keep what is promised, or has a newer schema.
    /// </exception>
    public static async Task<PostgresPostStore> OpenAsync(
        PostgresStoreOptions options, TimeProvider time, EntropySource entropy, ILogger logger,
        CancellationToken cancel) =>
        new(await new PostgresOpening(options, time, entropy, logger).OpenAsync(cancel), options, time);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<RecordTableFault>> PrepareAsync(
        IReadOnlyList<RecordTable> tables, CancellationToken cancel) => await _preparation.RunAsync(tables, cancel);

    /// <inheritdoc/>
    public ValueTask<UnitOutcome> CommitAsync(PostUnit unit)
    {
        UnitRules.Check(unit);
        return _tellsOfJobs && HasJobs(unit) ? CommitAndTellAsync(unit) : _parts.Writers.CommitAsync(unit);
    }

    /// <inheritdoc/>
    public void WhenJobsCome(Action hint) => _parts.Listener?.Start(hint);

    /// <inheritdoc/>
    public KeyMatch? FindKey(KeyHash key, long now) => _keys.Find(key, now);

    /// <inheritdoc/>
    public ValueTask<KeyMatch?> FindKeyAsync(KeyHash key, long now) => _parts.Keys.FindAsync(key, now);

    /// <inheritdoc/>
    public IStoreReader Read() => PostgresReader.Open(_parts.Database, _parts.Shapes);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Job>> ClaimJobsAsync(long now, long leaseUntil, int max) =>
        Volatile.Read(ref _disposed) != 0 ? s_noJobs : await _leases.ClaimAsync(now, leaseUntil, max);

    /// <inheritdoc/>
    public ValueTask<PurgeReport> PurgeAsync(PurgeOrder order, CancellationToken cancel) =>
        _purger.RunAsync(order, cancel);

    /// <summary>Does what waits, and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await _parts.CloseAsync();
        }
    }

    private static bool HasJobs(PostUnit unit)
    {
        for (var i = 0; i < unit.Writes.Count; i++)
        {
            if (unit.Writes[i] is InsertJob)
            {
                return true;
            }
        }

        return false;
    }

    private async ValueTask<UnitOutcome> CommitAndTellAsync(PostUnit unit)
    {
        var outcome = await _parts.Writers.CommitAsync(unit);
        if (outcome.Verdict == UnitVerdict.Committed)
        {
            _parts.Notices.Raise();
        }

        return outcome;
    }
}
