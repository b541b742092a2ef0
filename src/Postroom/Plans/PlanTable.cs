using Microsoft.Extensions.Primitives;

namespace Postroom.Plans;

/// <summary>The plans in force. Whoever reads it sees one whole table; a reload swaps it.</summary>
internal sealed class PlanTable : IDisposable
{
    private IReadOnlyList<EndpointPlan> _plans = [];
    private CancellationTokenSource _changed = new();
    private IChangeToken _token;

    public PlanTable() => _token = new CancellationChangeToken(_changed.Token);

    public IReadOnlyList<EndpointPlan> Plans => Volatile.Read(ref _plans);

    public EndpointPlan? Find(string path) =>
        Plans.FirstOrDefault(plan => string.Equals(plan.Path, path, StringComparison.OrdinalIgnoreCase));

    public IChangeToken ChangeToken => Volatile.Read(ref _token);

    /// <summary>The largest size of all documents and answers together, in bytes; null for none.</summary>
    public long? StorageBytesMax { get; private set; }

    public void Dispose() => _changed.Dispose();

    public void Replace(IReadOnlyList<EndpointPlan> plans, long? storageBytesMax)
    {
        StorageBytesMax = storageBytesMax;
        Volatile.Write(ref _plans, plans);
        using var changed = _changed;
        _changed = new CancellationTokenSource();
        Volatile.Write(ref _token, new CancellationChangeToken(_changed.Token));
        changed.Cancel();
    }
}
