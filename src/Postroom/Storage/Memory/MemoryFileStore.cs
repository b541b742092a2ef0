using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Postroom.Storage.Memory;

/// <summary>
/// Keeps files as long as the process lives: for tests. Whoever goes on with a file gets a copy of what was durable, so
/// that an earlier writer reaches nobody else's bytes.
/// </summary>
internal sealed class MemoryFileStore(TimeProvider time) : IFileStore
{
    private readonly ConcurrentDictionary<EntryId, MemoryFile> _files = new();

    public string Name => "memory";

    public long? FreeBytes => null;

    public ValueTask<FileWriter> CreateAsync(EntryId id)
    {
        var file = new MemoryFile { Writers = 1 };
        if (!_files.TryAdd(id, file))
        {
            throw new ArgumentException("There is a file with this id.", nameof(id));
        }

        return new(new MemoryFileWriter(file, time, () => _files.TryRemove(id, out _)));
    }

    public GrowingFile TakeOver(GrowingFile file) => file;

    public ValueTask<FileAppender> ResumeAsync(GrowingFile file)
    {
        var copy = Copy(file);
        copy.Writers = 1;
        _files[file.Id] = copy;
        return new(new MemoryFileAppender(file, copy, time));
    }

    public ValueTask CompleteAsync(GrowingFile file)
    {
        _files[file.Id] = Copy(file);
        return default;
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
            if (file.Writers == 0 && file.WrittenAt < time)
            {
                yield return id;
            }
        }
    }

    public ValueTask DisposeAsync() => default;

    private MemoryFile Copy(GrowingFile file)
    {
        var was = _files.GetValueOrDefault(file.Id);
        return was is null && file.Size == 0 ? new MemoryFile().Copy(0, time.GetUtcNow())!
            : was?.Copy(file.Size, time.GetUtcNow())
                ?? throw new FileNotFoundException("Bytes of an upload that were durable are gone.");
    }
}
