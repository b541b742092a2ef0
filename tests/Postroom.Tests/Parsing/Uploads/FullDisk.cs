using Postroom.Hosting;
using Postroom.Storage;
using Postroom.Storage.Memory;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Parsing.Uploads;

/// <summary>A memory store whose files find no space while it is full.</summary>
internal sealed class FullDisk : IStoreFactory, IFileStore
{
    private readonly MemoryFileStore _files = new(new ManualTime());

    public bool IsFull { get; set; }

    /// <summary>Bytes that files may still take.</summary>
    public long BytesLeft { get; set; } = long.MaxValue;

    public string Name => "full";

    public long? FreeBytes => IsFull ? 0 : null;

    public async ValueTask<OpenedStore> OpenAsync(StoreSettings settings, CancellationToken cancel) =>
        await new MemoryStoreFactory(new ManualTime(), EntropySource.System).OpenAsync(settings, cancel) with
        {
            Files = this,
        };

    public async ValueTask<FileWriter> CreateAsync(EntryId id) => IsFull
        ? throw new StorageFullException(new IOException("full"))
        : new FullDiskWriter(this, await _files.CreateAsync(id));

    public GrowingFile TakeOver(GrowingFile file) => _files.TakeOver(file);

    public ValueTask<FileAppender> ResumeAsync(GrowingFile file) => IsFull
        ? throw new StorageFullException(new IOException("full"))
        : _files.ResumeAsync(file);

    public ValueTask CompleteAsync(GrowingFile file) => _files.CompleteAsync(file);

    public ValueTask<Stream?> OpenAsync(EntryId id) => _files.OpenAsync(id);

    public ValueTask DeleteAsync(EntryId id) => _files.DeleteAsync(id);

    public IAsyncEnumerable<EntryId> ListOlderAsync(DateTimeOffset time, CancellationToken cancel) =>
        _files.ListOlderAsync(time, cancel);

    public ValueTask DisposeAsync() => _files.DisposeAsync();
}
