using Microsoft.Extensions.Logging;
using Postroom.Files;
using Postroom.Sqlite.Traces;
using Postroom.Storage;

namespace Postroom.Sqlite;

internal sealed class SqliteStoreFactory(
    Func<SqliteStoreOptions, SqliteStoreOptions> configure, TimeProvider time, EntropySource entropy,
    ILogger<SqlitePostStore> logger) : IStoreFactory
{
    public async ValueTask<Storage.OpenedStore> OpenAsync(string folder, CancellationToken cancel)
    {
        var options = configure(new SqliteStoreOptions { Folder = folder });
        var posts = await SqlitePostStore.OpenAsync(options, time, entropy, logger);
        var files = new DiskFileStore(Path.Combine(Path.GetFullPath(options.Folder), DataFolder.FilesName));
        return new Storage.OpenedStore(posts, SqliteTraceStore.Open(options.Folder, time, logger), files);
    }
}
