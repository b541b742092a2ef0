using Postroom.S3.Tests.Servers;
using Postroom.Storage;
using Postroom.Tests.Files;

namespace Postroom.S3.Tests;

/// <summary>The same with pieces that fill some of the store's own and not others.</summary>
public sealed class S3LargePiecesTests(ObjectStore server) : GrowingFileConformance, IAsyncDisposable
{
    private readonly S3FileStore _store = server.NewStore();

    private protected override IFileStore Store => _store;

    protected override int Piece => 5_000_000;

    public ValueTask DisposeAsync() => _store.DisposeAsync();
}
