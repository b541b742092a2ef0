using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Postroom.Storage;

namespace Postroom.Files;

/// <summary>
/// Files in a folder of the local disk: <c>ab/0199…ab</c>, the folder named by the id's last two digits, which are
/// random, so that 256 folders share the load.
/// </summary>
/// <param name="folder">Made with the first file, for nobody but the process's own user.</param>
internal sealed class DiskFileStore(string folder) : IFileStore
{
    private const UnixFileMode OwnerOnly =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly ConcurrentDictionary<EntryId, DiskFileWriter> _open = new();
    private readonly Lock _making = new();
    private readonly ConcurrentDictionary<string, bool> _made = new(StringComparer.Ordinal);

    public string Name => "disk";

    public ValueTask<FileWriter> CreateAsync(EntryId id)
    {
        var path = PathOf(id);
        try
        {
            Make(Path.GetDirectoryName(path)!);
            var writer = new DiskFileWriter(path, () => _open.TryRemove(id, out _));
            _open[id] = writer;
            return new(writer);
        }
        catch (IOException failure) when (DiskSpace.IsShort(failure))
        {
            throw new StorageFullException(failure);
        }
    }

    public ValueTask<Stream?> OpenAsync(EntryId id)
    {
        try
        {
            return new(new FileStream(
                PathOf(id), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return new((Stream?)null);
        }
    }

    public ValueTask DeleteAsync(EntryId id)
    {
        try
        {
            File.Delete(PathOf(id));
        }
        catch (DirectoryNotFoundException)
        {
            // Then there is no such file.
        }

        return default;
    }

    public async IAsyncEnumerable<EntryId> ListOlderAsync(
        DateTimeOffset time, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.CompletedTask;
        if (!Directory.Exists(folder))
        {
            yield break;
        }

        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            cancel.ThrowIfCancellationRequested();
            if (EntryId.TryParse(file.Name, out var id) && !_open.ContainsKey(id) && IsOlder(file, time))
            {
                yield return id;
            }
        }
    }

    public ValueTask DisposeAsync() => default;

    /// <summary>Where the bytes of a file are.</summary>
    public string PathOf(EntryId id)
    {
        var name = id.ToString();
        return Path.Combine(folder, name[^2..], name);
    }

    /// <summary>One that was deleted meanwhile says that it is of the year 1601: it is not there to be swept.</summary>
    private static bool IsOlder(FileInfo file, DateTimeOffset time) => file.Exists && file.LastWriteTimeUtc < time;

    private void Make(string path)
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
        if (path != folder)
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
