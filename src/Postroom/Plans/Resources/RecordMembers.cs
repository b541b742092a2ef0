using System.Collections.Frozen;

namespace Postroom.Plans.Resources;

/// <summary>The members of a record that are kept by us: no field of a schema takes these names.</summary>
internal static class RecordMembers
{
    public const string Id = "id";
    public const string Created = "created";
    public const string Updated = "updated";
    public const string Version = "version";
    public const string Owner = "owner";
    public const string HeldUntil = "heldUntil";
    public const string Expand = "expand";

    public static FrozenSet<string> All { get; } = FrozenSet.ToFrozenSet(
        [Id, Created, Updated, Version, Owner, HeldUntil, Expand], StringComparer.Ordinal);
}
