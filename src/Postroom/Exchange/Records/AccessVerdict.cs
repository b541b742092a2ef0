using System.Diagnostics.CodeAnalysis;
using Postroom.Faults;

namespace Postroom.Exchange.Records;

/// <summary>What a rule of access says: yes, no with its reason, or yes for the records of one owner.</summary>
internal readonly record struct AccessVerdict
{
    private AccessVerdict(Fault? fault, string? owner)
    {
        Fault = fault;
        Owner = owner;
    }

    public static AccessVerdict Allow => default;

    /// <summary>Why not; null when it is allowed.</summary>
    public Fault? Fault { get; }

    /// <summary>Whose records are meant: only those count. Null for all.</summary>
    public string? Owner { get; }

    [MemberNotNullWhen(true, nameof(Fault))]
    public bool IsDenied => Fault is not null;

    public static AccessVerdict Deny(Fault fault) => new(fault, null);

    public static AccessVerdict Filter(string owner) => new(null, owner);
}
