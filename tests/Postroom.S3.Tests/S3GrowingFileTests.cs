using Postroom.S3.Tests.Servers;
using Postroom.Storage;
using Postroom.Tests.Files;

namespace Postroom.S3.Tests;

public sealed class S3GrowingFileTests(ObjectStore server) : GrowingFileConformance, IAsyncDisposable
{
    private readonly S3FileStore _store = server.NewStore();

    private protected override IFileStore Store => _store;

    public ValueTask DisposeAsync() => _store.DisposeAsync();
}
