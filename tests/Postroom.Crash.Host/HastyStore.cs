using Postroom.Storage;
using Postroom.Storage.Records;

namespace Postroom.Crash.Host;

/// <summary>A store that lies: it says Committed as soon as the unit is queued. The kit must find it out.</summary>
internal sealed class HastyStore(IPostStore honest) : IPostStore
{
    public string Name => honest.Name;
    public bool HasStatements => honest.HasStatements;
    public ReadOnlyMemory<byte> Secret => honest.Secret;
    public EntryIdSource Ids => honest.Ids;
    public CancellationToken Poisoned => honest.Poisoned;

    public ValueTask<IReadOnlyList<RecordTableFault>> PrepareAsync(
        IReadOnlyList<RecordTable> tables, CancellationToken cancel) => honest.PrepareAsync(tables, cancel);

    public ValueTask<UnitOutcome> CommitAsync(PostUnit unit)
    {
        _ = honest.CommitAsync(unit).AsTask();
        return new ValueTask<UnitOutcome>(UnitOutcome.Committed);
    }

    public KeyMatch? FindKey(KeyHash key, long now) => honest.FindKey(key, now);

    public IStoreReader Read() => honest.Read();

    public ValueTask<IReadOnlyList<Job>> ClaimJobsAsync(long now, long leaseUntil, int max) =>
        honest.ClaimJobsAsync(now, leaseUntil, max);

    public ValueTask<PurgeReport> PurgeAsync(PurgeOrder order, CancellationToken cancel) =>
        honest.PurgeAsync(order, cancel);

    public ValueTask DisposeAsync() => honest.DisposeAsync();
}
