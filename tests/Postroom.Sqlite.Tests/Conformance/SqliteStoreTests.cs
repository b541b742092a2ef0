using Microsoft.Extensions.Logging.Abstractions;
using Postroom.Storage;

namespace Postroom.Sqlite.Tests.Conformance;

public sealed class SqliteKeyTests : KeyConformance
{
    private readonly TemporaryFolder _folder = new();

    private protected override ValueTask<IPostStore> OpenAsync() => SqliteStore.OpenAsync(_folder, Time);

    protected override void Clean() => _folder.Dispose();
}

internal static class SqliteStore
{
    public static async ValueTask<IPostStore> OpenAsync(TemporaryFolder folder, FakeTime time) =>
        await SqlitePostStore.OpenAsync(
            new SqliteStoreOptions { Folder = folder.Path }, time, new SeededEntropy(1), NullLogger.Instance);
}
