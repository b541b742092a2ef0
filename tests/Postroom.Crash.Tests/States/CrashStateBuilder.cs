using Postroom.Crash.Tests.Recording;

namespace Postroom.Crash.Tests.States;

/// <summary>
/// Builds what a disk may hold after a power loss between two events of the log. Deterministic: the same point, kind
/// and seed give the same image.
/// </summary>
internal sealed class CrashStateBuilder(DiskHistory history)
{
    private const int Block = 4096;
    private const int Sector = 512;

    /// <param name="point">How many events had happened, from 0 to the log's count.</param>
    /// <param name="kind">What became of the writes that no fsync covers.</param>
    /// <param name="seed">Chooses among the states of a kind that has many.</param>
    public DiskImage Build(int point, PowerLossKind kind, int seed)
    {
        var random = new Random(seed);
        var luck = kind switch
        {
            PowerLossKind.OnlySynced or PowerLossKind.NamesSurvive => new UnsyncedLuck(_ => false),
            PowerLossKind.EverythingArrived => new UnsyncedLuck(_ => true),
            PowerLossKind.TornLast => TornAt(point, random),
            _ => RandomSubset(random),
        };
        var kept = new HashSet<NameChange>(ReferenceEqualityComparer.Instance);
        CollectNames(history.Root, point, kind, random, kept, []);
        var image = new DiskImage();
        LayOut(history.Root, "", image, kept, point, luck);
        return image;
    }

    private static UnsyncedLuck RandomSubset(Random random)
    {
        double[] chances = [0.05, 0.3, 0.5, 0.7, 0.95];
        var chance = chances[random.Next(chances.Length)];
        return new UnsyncedLuck(_ => random.NextDouble() < chance) { SizeMayGrowAlone = () => random.Next(4) == 0 };
    }

    private UnsyncedLuck TornAt(int point, Random random)
    {
        var unsynced = history.Files
            .SelectMany(file => file.Changes.Where(change => change.Kind == DiskOperationKind.Write
                && change.Begin < point && !Durability.IsDurable(change, file.Syncs, point)))
            .OrderBy(change => change.Begin).ToList();
        if (unsynced.Count == 0)
        {
            return new UnsyncedLuck(_ => true);
        }

        var last = unsynced[^(1 + random.Next(Math.Min(unsynced.Count, 8)))];
        var sectors = random.Next(1 + (last.Written.Length / Sector));
        return new UnsyncedLuck(change => change.Begin <= last.Begin) { Torn = last, TornAfter = sectors * Sector };
    }

    /// <summary>Which changes of names came through: per folder all synced ones, and a prefix of the others.</summary>
    private static void CollectNames(
        FolderNode folder, int point, PowerLossKind kind, Random random,
        HashSet<NameChange> kept, HashSet<FolderNode> seen)
    {
        if (!seen.Add(folder))
        {
            return;
        }

        var possible = folder.Changes.Where(change => change.Operation.Begin < point).ToList();
        var synced = possible.Count(change => Durability.IsDurableName(change.Operation, folder.Syncs, point));
        var count = kind switch
        {
            PowerLossKind.OnlySynced => synced,
            PowerLossKind.RandomSubset when random.Next(2) == 0 => random.Next(synced, possible.Count + 1),
            _ => possible.Count,
        };
        kept.UnionWith(possible.Take(count));
        var below = folder.Initial.Values.Concat(possible.Select(change => change.Node)).OfType<FolderNode>();
        foreach (var next in below)
        {
            CollectNames(next, point, kind, random, kept, seen);
        }
    }

    private void LayOut(
        FolderNode folder, string prefix, DiskImage image, HashSet<NameChange> kept, int point, UnsyncedLuck luck)
    {
        var names = new SortedDictionary<string, object>(folder.Initial, StringComparer.Ordinal);
        foreach (var change in folder.Changes.Where(kept.Contains))
        {
            if (change.RemovedFrom == folder)
            {
                names.Remove(change.RemovedName!);
            }

            if (change.AddedTo == folder)
            {
                names[change.AddedName!] = change.Node!;
            }
        }
        foreach (var (name, node) in names)
        {
            if (node is FolderNode below)
            {
                image.Folders.Add(prefix + name);
                LayOut(below, $"{prefix}{name}/", image, kept, point, luck);
            }
            else if (node is FileNode file && !DiskHistory.IsSharedMemory(file))
            {
                image.Files[prefix + name] = Content(file, point, luck);
            }
        }
    }

    private static ReadOnlyMemory<byte> Content(FileNode file, int point, UnsyncedLuck luck)
    {
        var content = new FileContent(file.Initial);
        foreach (var change in file.Changes)
        {
            if (change.Begin >= point)
            {
                break;
            }

            var durable = Durability.IsDurable(change, file.Syncs, point);
            if (change.Kind == DiskOperationKind.Write)
            {
                Write(content, change, durable, luck);
            }
            else if (durable || luck.Arrived(change))
            {
                Resize(content, change);
            }
        }
        return content.Bytes;
    }

    private static void Resize(FileContent content, DiskOperation change)
    {
        if (change.Kind == DiskOperationKind.Allocate)
        {
            content.Grow(change.Offset);
        }
        else
        {
            content.Resize(change.Kind == DiskOperationKind.Truncate ? change.Offset : 0);
        }
    }

    private static void Write(FileContent content, DiskOperation change, bool durable, UnsyncedLuck luck)
    {
        var data = change.Written.Span;
        if (durable)
        {
            content.Write(change.Offset, data);
            return;
        }
        if (ReferenceEquals(change, luck.Torn))
        {
            // Sectors are those of the disk: the first part ends where a sector of the file ends.
            var end = (change.Offset + luck.TornAfter) / Sector * Sector;
            content.Write(change.Offset, data[..(int)Math.Clamp(end - change.Offset, 0, data.Length)]);
            return;
        }
        for (var at = 0; at < data.Length;)
        {
            var length = (int)Math.Min(Block - ((change.Offset + at) % Block), data.Length - at);
            if (luck.Arrived(change))
            {
                content.Write(change.Offset + at, data.Slice(at, length));
            }
            else if (luck.SizeMayGrowAlone())
            {
                content.Grow(change.Offset + at + length);
            }

            at += length;
        }
    }
}
