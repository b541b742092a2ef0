using Microsoft.Extensions.DependencyInjection;
using Postroom.Hosting;
using Postroom.Storage;
using Postroom.Storage.Records;

namespace Postroom.Tests.Hosts;

/// <summary>Stands between the pipeline and a real store, and puts failures where a test wants them.</summary>
public sealed class FaultInjector(StoreKind kind)
{
    /// <summary>Takes the place of a commit: it may commit, lie, throw or never end.</summary>
    public Func<PostUnit, Func<ValueTask<UnitOutcome>>, ValueTask<UnitOutcome>> Commit { get; set; } = (_, commit) => commit();

    /// <summary>Takes the place of opening a reader.</summary>
    public Func<Func<IStoreReader>, IStoreReader> Reading { get; set; } = read => read();

    /// <summary>What the pipeline sees as the poison of the store.</summary>
    public CancellationTokenSource Poison { get; } = new();

    /// <summary>The number of commits that were asked for.</summary>
    public int Commits { get; private set; }

    /// <summary>True once the store was closed.</summary>
    public bool IsClosed { get; private set; }

    public void Choose(PostroomBuilder builder)
    {
        kind.Choose(builder);
        var real = builder.Services.Last(service => service.ServiceType == typeof(IStoreFactory)).ImplementationFactory!;
        builder.UseStore(services => new Factory((IStoreFactory)real(services), this));
    }

    private sealed class Factory(IStoreFactory real, FaultInjector faults) : IStoreFactory
    {
        public async ValueTask<OpenedStore> OpenAsync(StoreSettings settings, CancellationToken cancel)
        {
            var opened = await real.OpenAsync(settings, cancel);
            return opened with { Posts = new Store(opened.Posts, faults) };
        }
    }

    private sealed class Store(IPostStore real, FaultInjector faults) : IPostStore
    {
        public string Name => real.Name;

        public bool HasStatements => real.HasStatements;

        public ReadOnlyMemory<byte> Secret => real.Secret;

        public EntryIdSource Ids => real.Ids;

        public CancellationToken Poisoned => faults.Poison.Token;

        public ValueTask<IReadOnlyList<RecordTableFault>> PrepareAsync(
            IReadOnlyList<RecordTable> tables, CancellationToken cancel) => real.PrepareAsync(tables, cancel);

        public ValueTask<UnitOutcome> CommitAsync(PostUnit unit)
        {
            faults.Commits++;
            return faults.Commit(unit, () => real.CommitAsync(unit));
        }

        public KeyMatch? FindKey(KeyHash key, long now) => real.FindKey(key, now);

        public IStoreReader Read() => faults.Reading(real.Read);

        public ValueTask<IReadOnlyList<Job>> ClaimJobsAsync(long now, long leaseUntil, int max) =>
            real.ClaimJobsAsync(now, leaseUntil, max);

        public ValueTask<PurgeReport> PurgeAsync(PurgeOrder order, CancellationToken cancel) =>
            real.PurgeAsync(order, cancel);

        public async ValueTask DisposeAsync()
        {
            await real.DisposeAsync();
            faults.IsClosed = true;
        }
    }
}
