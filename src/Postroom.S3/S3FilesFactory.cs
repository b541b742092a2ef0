using Microsoft.Extensions.Logging;
using Postroom.Storage;

namespace Postroom.S3;

/// <summary>Opens the bucket when the host starts.</summary>
internal sealed class S3FilesFactory(
    S3Options options, TimeProvider time, EntropySource entropy, ILogger<S3FileStore> logger) : IFileStoreFactory
{
    public async ValueTask<IFileStore> OpenAsync(CancellationToken cancel)
    {
        var store = new S3FileStore(options, time, entropy, logger);
        try
        {
            await S3Probe.RunAsync(store.Bucket, entropy, cancel);
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }

        Log.Opened(logger, options.ToString());
        return store;
    }
}
