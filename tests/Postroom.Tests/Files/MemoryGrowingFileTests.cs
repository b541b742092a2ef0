using Postroom.Storage;
using Postroom.Storage.Memory;

namespace Postroom.Tests.Files;

public sealed class MemoryGrowingFileTests : GrowingFileConformance
{
    private protected override IFileStore Store { get; } = new MemoryFileStore(TimeProvider.System);
}
