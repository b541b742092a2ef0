using Postroom.Storage;

namespace Postroom.Sqlite.Tests.Conformance;

public sealed class SqliteQueryTests : RecordQueryConformance
{
    private readonly TemporaryFolder _folder = new();

    private protected override ValueTask<IPostStore> OpenAsync() => SqliteStore.OpenAsync(_folder, Time);

    protected override void Clean() => _folder.Dispose();
}
