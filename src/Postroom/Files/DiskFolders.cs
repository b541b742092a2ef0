using System.Collections.Concurrent;

namespace Postroom.Files;

/// <summary>Makes folders durable before anything is written into them.</summary>
/// <param name="root">The folder that holds them; made with the first.</param>
internal sealed class DiskFolders(string root)
{
    private const UnixFileMode OwnerOnly =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly Lock _making = new();
    private readonly ConcurrentDictionary<string, bool> _made = new(StringComparer.Ordinal);

    public void Make(string path)
    {
        if (_made.ContainsKey(path))
        {
            return;
        }

        // One at a time: nobody writes into a folder whose name another is still making durable.
        lock (_making)
        {
            MakeDurably(path);
        }
    }

    private void MakeDurably(string path)
    {
        if (_made.ContainsKey(path))
        {
            return;
        }

        var above = Path.GetDirectoryName(path)!;
        if (path != root)
        {
            MakeDurably(above);
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerOnly);
        }

        FolderSync.Run(above);
        _made[path] = true;
    }
}
