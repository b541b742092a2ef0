using Postroom.Crash.Tests.Recording;

namespace Postroom.Crash.Tests.States;

/// <summary>The log, told per file and per folder: which file each call met, under the names of that moment.</summary>
internal sealed class DiskHistory
{
    private readonly string _folder;
    private readonly Dictionary<ulong, object> _opened = [];
    private readonly HashSet<FileNode> _files = [];

    /// <param name="log">What was recorded.</param>
    /// <param name="folder">The watched folder; it and its initial content are durable.</param>
    /// <param name="initial">Its files before the recording.</param>
    public DiskHistory(DiskLog log, string folder, DiskImage initial)
    {
        _folder = folder;
        Log = log;
        foreach (var (path, content) in initial.Files)
        {
            AddInitial(path, content);
        }

        foreach (var operation in log.Operations.OrderBy(call => call.End).ThenBy(call => call.Begin))
        {
            // A call that failed changed nothing; a failed fsync counts, for what it spoils.
            if (!operation.Failed || operation.Kind == DiskOperationKind.Sync)
            {
                Tell(operation);
            }
        }
        foreach (var file in _files)
        {
            file.Changes.Sort((one, other) => one.Begin.CompareTo(other.Begin));
        }
    }

    public DiskLog Log { get; }
    public FolderNode Root { get; } = new();
    public IReadOnlyCollection<FileNode> Files => _files;

    private void AddInitial(string path, ReadOnlyMemory<byte> content)
    {
        var folder = Root;
        var segments = path.Split('/');
        foreach (var segment in segments[..^1])
        {
            if (!folder.Initial.TryGetValue(segment, out var next))
            {
                folder.Initial[segment] = folder.Live[segment] = next = new FolderNode();
            }

            folder = (FolderNode)next;
        }
        var file = new FileNode(segments[^1], content);
        _files.Add(file);
        folder.Initial[segments[^1]] = folder.Live[segments[^1]] = file;
    }

    private void Tell(DiskOperation operation)
    {
        switch (operation.Kind)
        {
            case DiskOperationKind.Open when operation.End != DiskOperation.Never:
                Open(operation);
                break;
            case DiskOperationKind.Write or DiskOperationKind.Truncate or DiskOperationKind.Allocate:
                ((FileNode)_opened[operation.Handle]).Changes.Add(operation);
                break;
            case DiskOperationKind.Sync:
                AddSync(operation);
                break;
            case DiskOperationKind.Rename or DiskOperationKind.Link:
                Rename(operation);
                break;
            case DiskOperationKind.MakeFolder:
                Change(operation, null, operation.Path, new FolderNode());
                break;
            case DiskOperationKind.Unlink or DiskOperationKind.RemoveFolder:
                Change(operation, operation.Path, null, null);
                break;
            case DiskOperationKind.Map when !IsSharedMemory((FileNode)_opened[operation.Handle]):
                throw new NotSupportedException("A file was written through memory: its changes are not in the log.");
            case DiskOperationKind.Unsupported:
                throw new NotSupportedException($"The recorder cannot follow {operation.Path}.");
            default:
                break;
        }
    }

    /// <summary>SQLite's index of the WAL: rebuilt by whoever opens the database first, so part of no state.</summary>
    public static bool IsSharedMemory(FileNode file) => file.Name.EndsWith("-shm", StringComparison.Ordinal);

    private void Open(DiskOperation operation)
    {
        if (operation.Path == _folder)
        {
            _opened[operation.Handle] = Root;
            return;
        }
        var (folder, name) = Find(operation.Path);
        if (!folder.Live.TryGetValue(name, out var node))
        {
            var file = new FileNode(name, default);
            _files.Add(file);
            node = file;
            Change(operation, null, operation.Path, node);
        }
        _opened[operation.Handle] = node;
        const int Truncate = 0x200; // O_TRUNC
        if ((operation.OpenFlags & Truncate) != 0 && node is FileNode truncated)
        {
            truncated.Changes.Add(operation);
        }
    }

    private void AddSync(DiskOperation operation)
    {
        if (operation.End == DiskOperation.Never)
        {
            return;
        }

        var node = _opened[operation.Handle];
        (node is FileNode file ? file.Syncs : ((FolderNode)node).Syncs).Add(operation);
    }

    private void Rename(DiskOperation operation)
    {
        if (!operation.Path.StartsWith(_folder, StringComparison.Ordinal)
            || !operation.Target.StartsWith(_folder, StringComparison.Ordinal))
        {
            throw new NotSupportedException("A file was moved into or out of the watched folder.");
        }

        var (folder, name) = Find(operation.Path);
        var gone = operation.Kind == DiskOperationKind.Rename ? operation.Path : null;
        if (folder.Live.TryGetValue(name, out var node))
        {
            Change(operation, gone, operation.Target, node);
        }
    }

    private void Change(DiskOperation operation, string? removed, string? added, object? node)
    {
        var (from, oldName) = removed is null ? (null, null) : Find(removed);
        var (to, newName) = added is null ? (null, null) : Find(added);
        var change = new NameChange(operation, from, oldName, to, newName, node);
        from?.Changes.Add(change);
        if (to is not null && to != from)
        {
            to.Changes.Add(change);
        }

        if (operation.End == DiskOperation.Never)
        {
            return;
        }

        from?.Live.Remove(oldName!);
        if (to is not null)
        {
            to.Live[newName!] = node!;
        }
    }

    private (FolderNode Folder, string Name) Find(string path)
    {
        var segments = path[(_folder.Length + 1)..].Split('/');
        var folder = Root;
        foreach (var segment in segments[..^1])
        {
            folder = (FolderNode)folder.Live[segment];
        }

        return (folder, segments[^1]);
    }
}
