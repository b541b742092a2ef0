using Microsoft.Extensions.Logging;
using Postroom.Files;
using Postroom.Sqlite.Erasing;
using Postroom.Sqlite.Traces;
using Postroom.Storage;

namespace Postroom.Sqlite;

internal sealed class SqliteStoreFactory(
    Func<SqliteStoreOptions, SqliteStoreOptions> configure, TimeProvider time, EntropySource entropy,
    ILogger<SqlitePostStore> logger) : IStoreFactory
{
    public async ValueTask<Storage.OpenedStore> OpenAsync(StoreSettings settings, CancellationToken cancel)
    {
        var options = configure(new SqliteStoreOptions
        {
            Folder = settings.Folder,
            QueueMax = settings.Queue,
            QueueBytesMax = settings.QueueBytes,
        });
        var posts = await SqlitePostStore.OpenAsync(options, time, entropy, logger);
        var files = new DiskFileStore(Path.Combine(Path.GetFullPath(options.Folder), DataFolder.FilesName));
        var traces = SqliteTraceStore.Open(options.Folder, time, logger);
        var orders = new OrderFolder(Path.GetFullPath(options.Folder));
        orders.Make();
        return new Storage.OpenedStore(posts, traces, files)
        {
            Worker = new EraseDesk(orders, new Erasure(posts, files, traces.Erase, time), time, logger),
        };
    }
}
