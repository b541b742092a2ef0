using Microsoft.Extensions.Primitives;

namespace Postroom.Plans;

/// <summary>The plans in force. Whoever reads it sees one whole table; a reload swaps it.</summary>
internal sealed class PlanTable : IDisposable
{
    private IReadOnlyList<EndpointPlan> _plans = [];
    private CancellationTokenSource _changed = new();

    public IReadOnlyList<EndpointPlan> Plans => Volatile.Read(ref _plans);

    public EndpointPlan? Find(string path) =>
        Plans.FirstOrDefault(plan => string.Equals(plan.Path, path, StringComparison.OrdinalIgnoreCase));

    public IChangeToken ChangeToken => new CancellationChangeToken(Volatile.Read(ref _changed).Token);

    /// <summary>The largest size of all documents and answers together, in bytes; null for none.</summary>
    public long? StorageBytesMax { get; private set; }

    public void Dispose() => _changed.Dispose();

    public void Replace(IReadOnlyList<EndpointPlan> plans, long? storageBytesMax)
    {
        StorageBytesMax = storageBytesMax;
        Volatile.Write(ref _plans, plans);
        using var changed = Interlocked.Exchange(ref _changed, new CancellationTokenSource());
        changed.Cancel();
    }
}
