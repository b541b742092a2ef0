using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Postroom.Storage;

namespace Postroom.Files;

/// <summary>
/// Files in a folder of the local disk: <c>ab/0199…ab</c>, the folder named by the id's last two digits, which are
/// random, so that 256 folders share the load. What a request writes that took over from another one lies in
/// <c>parts/0199…ab.1</c> until the file is complete.
/// </summary>
internal sealed class DiskFileStore : IFileStore
{
    private const string PartsName = "parts";
    private static readonly TimeSpan s_knownFor = TimeSpan.FromSeconds(1);

    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<EntryId, object> _open = new();
    private readonly DiskFolders _folders;
    private readonly DiskJoin _join;
    private readonly Lock _measuring = new();
    private long? _free;
    private long _freeAt;

    /// <param name="folder">Made with the first file, for nobody but the process's own user.</param>
    /// <param name="time">The clock.</param>
    public DiskFileStore(string folder, TimeProvider? time = null)
    {
        _folder = folder;
        _time = time ?? TimeProvider.System;
        _folders = new DiskFolders(folder);
        _join = new DiskJoin(PathOf, Path.Combine(folder, PartsName), _folders);
    }

    public string Name => "disk";

    public long? FreeBytes
    {
        get
        {
            lock (_measuring)
            {
                if (_freeAt == 0 || _time.GetElapsedTime(_freeAt) > s_knownFor)
                {
                    _free = DiskSpace.FreeOf(_folder);
                    _freeAt = _time.GetTimestamp();
                }

                return _free;
            }
        }
    }

    public ValueTask<FileWriter> CreateAsync(EntryId id)
    {
        var path = PathOf(id);
        try
        {
            _folders.Make(Path.GetDirectoryName(path)!);
            var writer = new DiskFileWriter(path, () => _open.TryRemove(id, out _));
            _open[id] = writer;
            return new(writer);
        }
        catch (IOException failure) when (DiskSpace.IsShort(failure))
        {
            throw new StorageFullException(failure);
        }
    }

    public GrowingFile TakeOver(GrowingFile file) => DiskSegments.TakeOver(file);

    public ValueTask<FileAppender> ResumeAsync(GrowingFile file)
    {
        try
        {
            var segments = _join.Present(file);
            var segment = segments[^1];
            var path = _join.PathOf(file.Id, segment);
            _folders.Make(Path.GetDirectoryName(path)!);
            return new(Resume(file with { State = DiskSegments.Write(segments) }, segment, path));
        }
        catch (IOException failure) when (DiskSpace.IsShort(failure))
        {
            throw new StorageFullException(failure);
        }
    }

    public async ValueTask CompleteAsync(GrowingFile file)
    {
        try
        {
            await Task.Run(() => _join.Complete(file));
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
            _join.DeleteParts(id);
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
        if (!Directory.Exists(_folder))
        {
            yield break;
        }

        foreach (var file in new DirectoryInfo(_folder).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            cancel.ThrowIfCancellationRequested();
            if (IdOf(file) is { } id && !IsSecond(file, id) && !_open.ContainsKey(id) && IsOlder(file, time))
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
        return Path.Combine(_folder, name[^2..], name);
    }

    /// <summary>The file that bytes in the folder belong to; null for what is none of ours.</summary>
    public EntryId? IdOf(FileInfo file)
    {
        var isPart = file.DirectoryName == Path.Combine(_folder, PartsName);
        return EntryId.TryParse(isPart ? file.Name.Split('.')[0] : file.Name, out var id)
            && (isPart || file.FullName == PathOf(id)) ? id : null;
    }

    private DiskFileAppender Resume(GrowingFile file, DiskSegment segment, string path)
    {
        var isNew = !File.Exists(path);
        var handle = DiskFiles.OpenOrCreate(path);
        try
        {
            DiskJoin.Cut(handle, file.Size - segment.Start);
        }
        catch
        {
            handle.Dispose();
            throw;
        }

        var mark = new object();
        var appender = new DiskFileAppender(
            file, path, segment.Start, handle, isNew, () => _open.TryRemove(KeyValuePair.Create(file.Id, mark)));
        _open[file.Id] = mark;
        return appender;
    }

    /// <summary>
    /// One of several that belong to the same file: the first speaks for all, and the lowest part where an upload was
    /// taken over before the first byte was durable.
    /// </summary>
    private bool IsSecond(FileInfo file, EntryId id) => file.FullName != PathOf(id)
        && (File.Exists(PathOf(id)) || Directory.EnumerateFiles(file.DirectoryName!, id + ".*").Min() != file.FullName);

    /// <summary>One that was deleted meanwhile says that it is of the year 1601: it is not there to be swept.</summary>
    private static bool IsOlder(FileInfo file, DateTimeOffset time) => file.Exists && file.LastWriteTimeUtc < time;
}
