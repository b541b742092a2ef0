using Postroom.Crash.Tests.Recording;

namespace Postroom.Crash.Tests.States;

/// <summary>What an fsync promises: what came back before it was called is on the disk once it came back.</summary>
internal static class Durability
{
    /// <summary>Whether the change of a file is on the disk for certain when the crash comes at this point.</summary>
    public static bool IsDurable(DiskOperation change, IReadOnlyList<DiskOperation> syncs, int point)
    {
        if (!change.EndedBefore(point))
        {
            return false;
        }

        if (change.Marks.HasFlag(DiskMarks.WriteThrough) && change.Kind == DiskOperationKind.Write)
        {
            return true;
        }

        foreach (var sync in syncs)
        {
            if (sync.Begin < change.End || !sync.EndedBefore(point) || sync.Marks.HasFlag(DiskMarks.Dropped))
            {
                continue;
            }

            // After a failed fsync Linux may take the pages for clean: a later one succeeds and covers nothing of them.
            return !sync.Failed;
        }
        return false;
    }

    /// <summary>
    /// The same for a change of names. These live in the journal of the file system, which either still holds them at
    /// the next fsync or has given up altogether: a failed one spoils nothing.
    /// </summary>
    public static bool IsDurableName(DiskOperation change, IReadOnlyList<DiskOperation> syncs, int point) =>
        change.EndedBefore(point) && syncs.Any(sync => sync.Begin > change.End && sync.EndedBefore(point)
            && !sync.Failed && !sync.Marks.HasFlag(DiskMarks.Dropped));
}
