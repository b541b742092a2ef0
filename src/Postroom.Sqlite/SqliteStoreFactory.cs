using Microsoft.Extensions.Logging;
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
        return new Storage.OpenedStore(posts, SqliteTraceStore.Open(options.Folder, time, logger));
    }
}
