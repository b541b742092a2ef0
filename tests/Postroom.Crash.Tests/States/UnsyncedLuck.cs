using Postroom.Crash.Tests.Recording;

namespace Postroom.Crash.Tests.States;

/// <summary>What becomes of changes that no fsync covers.</summary>
internal sealed class UnsyncedLuck(Func<DiskOperation, bool> arrived)
{
    /// <summary>Asked once for each block of a write and once for each other change.</summary>
    public bool Arrived(DiskOperation change) => arrived(change);

    /// <summary>Whether a file's new size came through without the block that caused it.</summary>
    public Func<bool> SizeMayGrowAlone { get; init; } = () => false;

    /// <summary>The write of which only the first bytes arrived.</summary>
    public DiskOperation? Torn { get; init; }

    public int TornAfter { get; init; }
}
