using Microsoft.Extensions.Logging.Abstractions;
using Postroom.Storage;

namespace Postroom.Sqlite.Tests.Conformance;

public sealed class SqliteKeyTests : KeyConformance
{
    private readonly TemporaryFolder _folder = new();

    private protected override ValueTask<IPostStore> OpenAsync() => SqliteStore.OpenAsync(_folder, Time);

    protected override void Clean() => _folder.Dispose();
}

public sealed class SqliteEntryTests : EntryConformance
{
    private readonly TemporaryFolder _folder = new();

    private protected override ValueTask<IPostStore> OpenAsync() => SqliteStore.OpenAsync(_folder, Time);

    protected override void Clean() => _folder.Dispose();
}

public sealed class SqliteGuardTests : GuardConformance
{
    private readonly TemporaryFolder _folder = new();

    private protected override ValueTask<IPostStore> OpenAsync() => SqliteStore.OpenAsync(_folder, Time);

    protected override void Clean() => _folder.Dispose();
}

public sealed class SqliteJobTests : JobConformance
{
    private readonly TemporaryFolder _folder = new();

    private protected override ValueTask<IPostStore> OpenAsync() => SqliteStore.OpenAsync(_folder, Time);

    protected override void Clean() => _folder.Dispose();
}

public sealed class SqliteReaderTests : ReaderConformance
{
    private readonly TemporaryFolder _folder = new();

    private protected override ValueTask<IPostStore> OpenAsync() => SqliteStore.OpenAsync(_folder, Time);

    protected override void Clean() => _folder.Dispose();
}

public sealed class SqlitePurgeTests : PurgeConformance
{
    private readonly TemporaryFolder _folder = new();

    private protected override ValueTask<IPostStore> OpenAsync() => SqliteStore.OpenAsync(_folder, Time);

    protected override void Clean() => _folder.Dispose();
}

public sealed class SqliteFileTests : FileConformance
{
    private readonly TemporaryFolder _folder = new();

    private protected override ValueTask<IPostStore> OpenAsync() => SqliteStore.OpenAsync(_folder, Time);

    protected override void Clean() => _folder.Dispose();
}

public sealed class SqliteBodyTests : BodyConformance
{
    private readonly TemporaryFolder _folder = new();

    private protected override ValueTask<IPostStore> OpenAsync() => SqliteStore.OpenAsync(_folder, Time);

    protected override void Clean() => _folder.Dispose();

    [Fact]
    public async Task A_kept_body_is_there_after_a_restart()
    {
        var entry = await InsertAsync(Kept("a=1"));
        await ReopenAsync();

        Assert.Equal(entry.Body.ToArray(), Find(entry.Id)!.Body.ToArray());
        Assert.Equal([entry.Id], Bodies().Select(body => body.Entry));
    }
}

public sealed class SqliteAdmissionTests : AdmissionConformance
{
    private readonly TemporaryFolder _folder = new();

    private protected override ValueTask<IPostStore> OpenAsync() => SqliteStore.OpenAsync(_folder, Time);

    protected override void Clean() => _folder.Dispose();
}

public sealed class SqliteUploadTests : UploadConformance
{
    private readonly TemporaryFolder _folder = new();

    private protected override ValueTask<IPostStore> OpenAsync() => SqliteStore.OpenAsync(_folder, Time);

    protected override void Clean() => _folder.Dispose();
}

public sealed class SqliteRecordTableTests : RecordTableConformance
{
    private readonly TemporaryFolder _folder = new();

    private protected override ValueTask<IPostStore> OpenAsync() => SqliteStore.OpenAsync(_folder, Time);

    protected override void Clean() => _folder.Dispose();
}

public sealed class SqliteRecordRuleTests : RecordRuleConformance
{
    private readonly TemporaryFolder _folder = new();

    private protected override ValueTask<IPostStore> OpenAsync() => SqliteStore.OpenAsync(_folder, Time);

    protected override void Clean() => _folder.Dispose();
}

public sealed class SqliteConcurrencyTests : ConcurrencyConformance
{
    private readonly TemporaryFolder _folder = new();

    private protected override ValueTask<IPostStore> OpenAsync() => SqliteStore.OpenAsync(_folder, Time);

    protected override void Clean() => _folder.Dispose();
}

public sealed class SqliteRestartTests : RestartConformance
{
    private readonly TemporaryFolder _folder = new();

    private protected override ValueTask<IPostStore> OpenAsync() => SqliteStore.OpenAsync(_folder, Time);

    protected override void Clean() => _folder.Dispose();
}

public sealed class SqliteStatementTests : StatementConformance
{
    private readonly TemporaryFolder _folder = new();

    private protected override ValueTask<IPostStore> OpenAsync() =>
        SqliteStore.OpenAsync(_folder, Time, [Seats, "create table if not exists notes (value)"]);

    protected override void Clean() => _folder.Dispose();
}

public sealed class SqliteModelTests : ModelConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private protected override async ValueTask<IPostStore> OpenAsync(FakeTime time) => await SqliteStore.OpenAsync(
        new SqliteStoreOptions { Folder = _folder.Path, GenerationKeysMax = 15, CheckpointBytes = 200_000 }, time);
}

public sealed class SqliteRecordModelTests : RecordModelConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private protected override ValueTask<IPostStore> OpenAsync(FakeTime time) => SqliteStore.OpenAsync(_folder, time);
}

internal static class SqliteStore
{
    // Another seed for each opening: what must survive a restart is not to be had from the same bits again.
    private static int s_seed;

    public static async ValueTask<IPostStore> OpenAsync(
        TemporaryFolder folder, FakeTime time, IReadOnlyList<string>? onOpen = null) =>
        await OpenAsync(new SqliteStoreOptions { Folder = folder.Path, OnOpen = onOpen ?? [] }, time);

    public static async ValueTask<SqlitePostStore> OpenAsync(SqliteStoreOptions options, FakeTime time) =>
        await SqlitePostStore.OpenAsync(
            options, time, new SeededEntropy(Interlocked.Increment(ref s_seed)), NullLogger.Instance);
}
