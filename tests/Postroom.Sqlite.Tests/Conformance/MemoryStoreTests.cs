using Postroom.Storage;
using Postroom.Storage.Memory;

namespace Postroom.Sqlite.Tests.Conformance;

public sealed class MemoryKeyTests : KeyConformance
{
    private protected override ValueTask<IPostStore> OpenAsync() => MemoryStore.OpenAsync(Time);
}

internal static class MemoryStore
{
    public static ValueTask<IPostStore> OpenAsync(FakeTime time) =>
        new(new MemoryPostStore(time, new SeededEntropy(1)));
}
