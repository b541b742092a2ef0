namespace Postroom.Crash.Tests.States;

/// <summary>A folder as it lies on a disk: files by their relative path.</summary>
internal sealed class DiskImage
{
    public SortedDictionary<string, ReadOnlyMemory<byte>> Files { get; } = new(StringComparer.Ordinal);
    public SortedSet<string> Folders { get; } = new(StringComparer.Ordinal);

    public static DiskImage Of(string folder)
    {
        var image = new DiskImage();
        foreach (var path in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        {
            image.Files[Path.GetRelativePath(folder, path)] = File.ReadAllBytes(path);
        }

        foreach (var path in Directory.GetDirectories(folder, "*", SearchOption.AllDirectories))
        {
            image.Folders.Add(Path.GetRelativePath(folder, path));
        }

        return image;
    }

    /// <summary>Writes the image into an empty folder.</summary>
    public void WriteTo(string folder)
    {
        foreach (var path in Folders)
        {
            Directory.CreateDirectory(Path.Combine(folder, path));
        }

        foreach (var (path, content) in Files)
        {
            using var file = File.Create(Path.Combine(folder, path), 1);
            file.Write(content.Span);
        }
    }
}
