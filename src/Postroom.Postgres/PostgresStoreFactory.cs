using Microsoft.Extensions.Logging;
using Postroom.Files;
using Postroom.Storage;
using Postroom.Storage.Memory;

namespace Postroom.Postgres;

/// <summary>
/// Opens the store with files in the data folder, which every node must see, and traces that each node keeps for
/// itself.
/// </summary>
internal sealed class PostgresStoreFactory(
    PostgresStoreOptions options, TimeProvider time, EntropySource entropy, ILogger<PostgresPostStore> logger)
    : IStoreFactory
{
    // As in the SQLite store, so that its files can be taken over as they lie.
    private const string FilesName = "files";

    public async ValueTask<OpenedStore> OpenAsync(StoreSettings settings, CancellationToken cancel)
    {
        var posts = await PostgresPostStore.OpenAsync(
            options with { QueueMax = settings.Queue, QueueBytesMax = settings.QueueBytes }, time, entropy, logger,
            cancel);
        var files = new DiskFileStore(Path.Combine(Path.GetFullPath(settings.Folder), FilesName));
        return new OpenedStore(posts, new MemoryTraceStore(), files);
    }
}
