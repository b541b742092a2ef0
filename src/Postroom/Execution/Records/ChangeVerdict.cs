using System.Diagnostics.CodeAnalysis;
using Postroom.Faults;

namespace Postroom.Execution.Records;

/// <summary>A planned change, or why there is none.</summary>
internal readonly record struct ChangeVerdict
{
    private ChangeVerdict(PlannedChange? change, Fault? fault)
    {
        Change = change;
        Fault = fault;
    }

    public PlannedChange? Change { get; }

    public Fault? Fault { get; }

    [MemberNotNullWhen(true, nameof(Fault))]
    [MemberNotNullWhen(false, nameof(Change))]
    public bool IsRefused => Fault is not null;

    public static implicit operator ChangeVerdict(PlannedChange change) => new(change, null);

    public static implicit operator ChangeVerdict(Fault fault) => new(null, fault);
}
