using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Postroom.Storage.Memory;

/// <summary>Keeps files as long as the process lives: for tests.</summary>
internal sealed class MemoryFileStore(TimeProvider time) : IFileStore
{
    private readonly ConcurrentDictionary<EntryId, MemoryFile> _files = new();

    public string Name => "memory";

    public ValueTask<FileWriter> CreateAsync(EntryId id)
    {
        var file = new MemoryFile();
        if (!_files.TryAdd(id, file))
        {
            throw new ArgumentException("There is a file with this id.", nameof(id));
        }

        return new(new MemoryFileWriter(file, time, () => _files.TryRemove(id, out _)));
    }

    public ValueTask<Stream?> OpenAsync(EntryId id) => new(_files.TryGetValue(id, out var file) ? file.Open() : null);

    public ValueTask DeleteAsync(EntryId id)
    {
        _files.TryRemove(id, out _);
        return default;
    }

    public async IAsyncEnumerable<EntryId> ListOlderAsync(
        DateTimeOffset time, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.CompletedTask;
        foreach (var (id, file) in _files)
        {
            cancel.ThrowIfCancellationRequested();
            if (!file.IsOpen && file.WrittenAt < time)
            {
                yield return id;
            }
        }
    }

    public ValueTask DisposeAsync() => default;
}
