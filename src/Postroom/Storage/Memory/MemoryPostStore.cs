using Postroom.Storage.Records;

namespace Postroom.Storage.Memory;

/// <summary>
/// A store that forgets: for tests, and the oracle that every engine is compared with. One lock, one pure function.
/// </summary>
internal sealed class MemoryPostStore : IPostStore
{
    private const int SecretBytes = 32;

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly byte[] _secret = new byte[SecretBytes];
    private MemoryState _state = MemoryState.Empty;
    private bool _closed;

    public MemoryPostStore(TimeProvider time, EntropySource entropy)
    {
        _time = time;
        entropy.Fill(_secret);
        Ids = new EntryIdSource(time, entropy);
    }

    public string Name => "memory";

    public bool HasStatements => false;

    public ReadOnlyMemory<byte> Secret => _secret;

    public EntryIdSource Ids { get; }

    public CancellationToken Poisoned => CancellationToken.None;

    public ValueTask<IReadOnlyList<RecordTableFault>> PrepareAsync(
        IReadOnlyList<RecordTable> tables, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        lock (_lock)
        {
            (_state, var faults) = MemoryTables.Prepare(_state, tables);
            return new ValueTask<IReadOnlyList<RecordTableFault>>(faults);
        }
    }

    public ValueTask<UnitOutcome> CommitAsync(PostUnit unit)
    {
        UnitRules.Check(unit);
        lock (_lock)
        {
            if (_closed)
            {
                return new ValueTask<UnitOutcome>(UnitOutcome.Busy);
            }

            (_state, var outcome) = MemoryUnits.Commit(_state, unit, Now());
            return new ValueTask<UnitOutcome>(outcome);
        }
    }

    public KeyMatch? FindKey(KeyHash key, long now) => Current().FindKey(key, now);

    public IStoreReader Read() => new MemoryReader(Current());

    public ValueTask<IReadOnlyList<Job>> ClaimJobsAsync(long now, long leaseUntil, int max)
    {
        lock (_lock)
        {
            var due = _state.Jobs.Values
                .Where(job => job.DueAt <= now)
                .OrderBy(job => job.DueAt)
                .ThenBy(job => job.Job.Number)
                .Take(_closed ? 0 : max)
                .Select(job => Lease(job.Job, leaseUntil))
                .ToList();
            var changedAt = Now();
            var leased = due.Select(job => KeyValuePair.Create(job.Number, new MemoryJob(job, changedAt)));
            _state = _state with { Jobs = _state.Jobs.SetItems(leased) };
            return new ValueTask<IReadOnlyList<Job>>(due);
        }
    }

    public ValueTask<PurgeReport> PurgeAsync(PurgeOrder order, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var before = _state;
            (_state, var report) = MemoryPurge.Purge(_state, order, Now());
            TellOfFiles(before, order);
            return new ValueTask<PurgeReport>(report);
        }
    }

    public ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _closed = true;
        }

        return ValueTask.CompletedTask;
    }

    private void TellOfFiles(MemoryState before, PurgeOrder order)
    {
        if (order.FileRemoved is not { } removed)
        {
            return;
        }

        foreach (var entry in before.Entries.Where(entry => entry.Files.Count > 0 && _state.Find(entry.Id) is null))
        {
            foreach (var file in entry.Files)
            {
                removed(file.Id);
            }
        }
    }

    private static Job Lease(Job job, long leaseUntil) => job with
    {
        State = JobState.Leased,
        Attempts = job.Attempts + 1,
        Claim = job.Claim + 1,
        LeaseUntil = leaseUntil,
    };

    private MemoryState Current()
    {
        lock (_lock)
        {
            return _state;
        }
    }

    private long Now() => _time.GetUtcNow().ToUnixTimeMilliseconds();
}
