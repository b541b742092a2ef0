using Postroom.Storage;

namespace Postroom.Files;

/// <summary>Finds, joins and removes the segments of growing files.</summary>
/// <param name="place">Where files have their final names.</param>
/// <param name="parts">The folder of further segments, and of files that are being joined.</param>
/// <param name="folders">Makes them.</param>
internal sealed class DiskJoin(Func<EntryId, string> place, string parts, DiskFolders folders)
{
    private const int PieceBytes = 1024 * 1024;

    public string PathOf(EntryId id, DiskSegment segment) => segment.Number == 0
        ? place(id)
        : Path.Combine(parts, string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"{id}.{segment.Number}"));

    /// <summary>
    /// The segments that are there. Joining removes all but the first, which then holds what they held, so that one
    /// that is missing means that they were joined.
    /// </summary>
    public List<DiskSegment> Present(GrowingFile file)
    {
        var segments = DiskSegments.Read(file.State);
        var isFresh = segments.Count > 1 && segments[^1].Start == file.Size;
        var filled = isFresh ? segments[..^1] : segments;
        var isJoined = filled.Skip(1).Any(segment => !File.Exists(PathOf(file.Id, segment)));
        return !isJoined ? segments : isFresh ? [default, segments[^1]] : [default];
    }

    /// <summary>Makes one durable file of exactly its bytes, under the final name.</summary>
    public void Complete(GrowingFile file)
    {
        var segments = Present(file);
        var path = place(file.Id);
        folders.Make(Path.GetDirectoryName(path)!);
        if (segments.Count == 1)
        {
            using var handle = DiskFiles.OpenOrCreate(path);
            Cut(handle, file.Size);
            RandomAccess.FlushToDisk(handle);
        }
        else
        {
            folders.Make(parts);
            var joined = Path.Combine(parts, file.Id + ".joined");
            Copy(file, segments, joined);
            File.Move(joined, path, overwrite: true);
        }

        FolderSync.Run(Path.GetDirectoryName(path)!);
        DeleteParts(file.Id);
    }

    /// <summary>Removes what lies behind the durable bytes.</summary>
    /// <exception cref="FileNotFoundException">Some of them are gone.</exception>
    public static void Cut(Microsoft.Win32.SafeHandles.SafeFileHandle handle, long length)
    {
        var there = RandomAccess.GetLength(handle);
        if (there < length)
        {
            throw new FileNotFoundException("Bytes of an upload that were durable are gone.");
        }

        if (there > length)
        {
            RandomAccess.SetLength(handle, length);
        }
    }

    public void DeleteParts(EntryId id)
    {
        if (Directory.Exists(parts))
        {
            foreach (var path in Directory.EnumerateFiles(parts, id + ".*"))
            {
                File.Delete(path);
            }
        }
    }

    private void Copy(GrowingFile file, List<DiskSegment> segments, string target)
    {
        File.Delete(target);
        using var to = DiskFiles.Create(target);
        var piece = new byte[PieceBytes];
        for (var index = 0; index < segments.Count; index++)
        {
            var segment = segments[index];
            var end = index + 1 < segments.Count ? segments[index + 1].Start : file.Size;
            if (segment.Start == end)
            {
                continue;
            }

            using var from = File.OpenHandle(PathOf(file.Id, segment), share: FileShare.ReadWrite | FileShare.Delete);
            for (var offset = segment.Start; offset < end;)
            {
                var wanted = (int)Math.Min(piece.Length, end - offset);
                var read = RandomAccess.Read(from, piece.AsSpan(0, wanted), offset - segment.Start);
                if (read == 0)
                {
                    throw new FileNotFoundException("Bytes of an upload that were durable are gone.");
                }

                RandomAccess.Write(to, piece.AsSpan(0, read), offset);
                offset += read;
            }
        }

        RandomAccess.FlushToDisk(to);
    }
}
