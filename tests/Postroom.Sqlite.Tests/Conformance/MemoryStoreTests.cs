using Postroom.Storage;
using Postroom.Storage.Memory;

namespace Postroom.Sqlite.Tests.Conformance;

public sealed class MemoryKeyTests : KeyConformance
{
    private protected override ValueTask<IPostStore> OpenAsync() => MemoryStore.OpenAsync(Time);
}

public sealed class MemoryEntryTests : EntryConformance
{
    private protected override ValueTask<IPostStore> OpenAsync() => MemoryStore.OpenAsync(Time);
}

public sealed class MemoryGuardTests : GuardConformance
{
    private protected override ValueTask<IPostStore> OpenAsync() => MemoryStore.OpenAsync(Time);
}

public sealed class MemoryJobTests : JobConformance
{
    private protected override ValueTask<IPostStore> OpenAsync() => MemoryStore.OpenAsync(Time);
}

public sealed class MemoryReaderTests : ReaderConformance
{
    private protected override ValueTask<IPostStore> OpenAsync() => MemoryStore.OpenAsync(Time);

    [Fact]
    public void It_has_no_statements()
    {
        using var reader = Store.Read();
        Assert.False(Store.HasStatements);
        Assert.Throws<NotSupportedException>(() => reader.Query(new Statement("select 1")));
    }

    [Fact]
    public async Task A_unit_with_a_statement_fails()
    {
        var unit = Sample.Unit(new InsertEntry(NewEntry()), new RunStatement(new Statement("select 1")));

        Assert.Equal(UnitVerdict.Failed, (await Store.CommitAsync(unit)).Verdict);
        Assert.Empty(List(new EntryQuery()).Entries);
    }
}

public sealed class MemoryPurgeTests : PurgeConformance
{
    private protected override ValueTask<IPostStore> OpenAsync() => MemoryStore.OpenAsync(Time);
}

public sealed class MemoryFileTests : FileConformance
{
    private protected override ValueTask<IPostStore> OpenAsync() => MemoryStore.OpenAsync(Time);
}

public sealed class MemoryBodyTests : BodyConformance
{
    private protected override ValueTask<IPostStore> OpenAsync() => MemoryStore.OpenAsync(Time);
}

public sealed class MemoryAdmissionTests : AdmissionConformance
{
    private protected override ValueTask<IPostStore> OpenAsync() => MemoryStore.OpenAsync(Time);
}

public sealed class MemoryUploadTests : UploadConformance
{
    private protected override ValueTask<IPostStore> OpenAsync() => MemoryStore.OpenAsync(Time);
}

public sealed class MemoryRecordTableTests : RecordTableConformance
{
    private protected override ValueTask<IPostStore> OpenAsync() => MemoryStore.OpenAsync(Time);
}

public sealed class MemoryQueryTests : RecordQueryConformance
{
    private protected override ValueTask<IPostStore> OpenAsync() => MemoryStore.OpenAsync(Time);
}

public sealed class MemoryRecordRuleTests : RecordRuleConformance
{
    private protected override ValueTask<IPostStore> OpenAsync() => MemoryStore.OpenAsync(Time);
}

public sealed class MemoryConcurrencyTests : ConcurrencyConformance
{
    private protected override ValueTask<IPostStore> OpenAsync() => MemoryStore.OpenAsync(Time);
}

internal static class MemoryStore
{
    public static ValueTask<IPostStore> OpenAsync(FakeTime time) =>
        new(new MemoryPostStore(time, new SeededEntropy(1)));
}
