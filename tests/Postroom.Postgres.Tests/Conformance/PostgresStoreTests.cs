using Postroom.Sqlite.Tests;
using Postroom.Sqlite.Tests.Conformance;
using Postroom.Storage;

namespace Postroom.Postgres.Tests.Conformance;

public sealed class PostgresKeyTests(PostgresServer server) : KeyConformance
{
    private readonly PostgresStoreOptions _options = server.NewStore();

    private protected override async ValueTask<IPostStore> OpenAsync() => await PostgresStore.OpenAsync(_options, Time);
}

public sealed class PostgresEntryTests(PostgresServer server) : EntryConformance
{
    private readonly PostgresStoreOptions _options = server.NewStore();

    private protected override async ValueTask<IPostStore> OpenAsync() => await PostgresStore.OpenAsync(_options, Time);
}

public sealed class PostgresGuardTests(PostgresServer server) : GuardConformance
{
    private readonly PostgresStoreOptions _options = server.NewStore();

    private protected override async ValueTask<IPostStore> OpenAsync() => await PostgresStore.OpenAsync(_options, Time);
}

public sealed class PostgresJobTests(PostgresServer server) : JobConformance
{
    private readonly PostgresStoreOptions _options = server.NewStore();

    private protected override async ValueTask<IPostStore> OpenAsync() => await PostgresStore.OpenAsync(_options, Time);
}

public sealed class PostgresReaderTests(PostgresServer server) : ReaderConformance
{
    private readonly PostgresStoreOptions _options = server.NewStore();

    private protected override async ValueTask<IPostStore> OpenAsync() => await PostgresStore.OpenAsync(_options, Time);
}

public sealed class PostgresPurgeTests(PostgresServer server) : PurgeConformance
{
    private readonly PostgresStoreOptions _options = server.NewStore();

    private protected override async ValueTask<IPostStore> OpenAsync() => await PostgresStore.OpenAsync(_options, Time);
}

public sealed class PostgresFileTests(PostgresServer server) : FileConformance
{
    private readonly PostgresStoreOptions _options = server.NewStore();

    private protected override async ValueTask<IPostStore> OpenAsync() => await PostgresStore.OpenAsync(_options, Time);
}

public sealed class PostgresBodyTests(PostgresServer server) : BodyConformance
{
    private readonly PostgresStoreOptions _options = server.NewStore();

    private protected override async ValueTask<IPostStore> OpenAsync() => await PostgresStore.OpenAsync(_options, Time);

    [Fact]
    public async Task A_kept_body_is_there_after_a_restart()
    {
        var entry = await InsertAsync(Kept("a=1"));
        await ReopenAsync();

        Assert.Equal(entry.Body.ToArray(), Find(entry.Id)!.Body.ToArray());
        Assert.Equal([entry.Id], Bodies().Select(body => body.Entry));
    }
}

public sealed class PostgresAdmissionTests(PostgresServer server) : AdmissionConformance
{
    private readonly PostgresStoreOptions _options = server.NewStore();

    private protected override async ValueTask<IPostStore> OpenAsync() => await PostgresStore.OpenAsync(_options, Time);
}

public sealed class PostgresUploadTests(PostgresServer server) : UploadConformance
{
    private readonly PostgresStoreOptions _options = server.NewStore();

    private protected override async ValueTask<IPostStore> OpenAsync() => await PostgresStore.OpenAsync(_options, Time);
}

public sealed class PostgresRecordTableTests(PostgresServer server) : RecordTableConformance
{
    private readonly PostgresStoreOptions _options = server.NewStore();

    private protected override async ValueTask<IPostStore> OpenAsync() => await PostgresStore.OpenAsync(_options, Time);
}

public sealed class PostgresRecordRuleTests(PostgresServer server) : RecordRuleConformance
{
    private readonly PostgresStoreOptions _options = server.NewStore();

    private protected override async ValueTask<IPostStore> OpenAsync() => await PostgresStore.OpenAsync(_options, Time);
}

public sealed class PostgresConcurrencyTests(PostgresServer server) : ConcurrencyConformance
{
    private readonly PostgresStoreOptions _options = server.NewStore();

    private protected override async ValueTask<IPostStore> OpenAsync() => await PostgresStore.OpenAsync(_options, Time);
}

public sealed class PostgresRestartTests(PostgresServer server) : RestartConformance
{
    private readonly PostgresStoreOptions _options = server.NewStore();

    private protected override async ValueTask<IPostStore> OpenAsync() => await PostgresStore.OpenAsync(_options, Time);
}

public sealed class PostgresStatementTests(PostgresServer server) : StatementConformance
{
    private static readonly string[] s_tables =
    [
        Seats,
        "create table if not exists notes (value text, rowid bigint generated always as identity)",
        "create table if not exists numbers (value bigint, rowid bigint generated always as identity)",
        "create table if not exists reals (value double precision, rowid bigint generated always as identity)",
        "create table if not exists blobs (value bytea, rowid bigint generated always as identity)",
    ];

    private readonly PostgresStoreOptions _options = server.NewStore() with { OnOpen = s_tables };

    protected override string NotesFor(object? value) => value switch
    {
        long or int or bool => "numbers",
        double => "reals",
        byte[] => "blobs",
        _ => "notes",
    };

    private protected override async ValueTask<IPostStore> OpenAsync() => await PostgresStore.OpenAsync(_options, Time);
}

public sealed class PostgresModelTests(PostgresServer server) : ModelConformance
{
    private readonly PostgresStoreOptions _options = server.NewStore();

    // Each step is a few round trips; the other engine walks the long histories.
    protected override int Steps => 80;

    // Jobs are numbered when they are written, so that no unit can name one that it makes itself.
    protected override long EarlyJob => long.MaxValue;

    private protected override async ValueTask<IPostStore> OpenAsync(FakeTime time) =>
        await PostgresStore.OpenAsync(_options, time);
}

public sealed class PostgresRecordModelTests(PostgresServer server) : RecordModelConformance
{
    private readonly PostgresStoreOptions _options = server.NewStore();

    // Each step is a few round trips; the other engine walks the long histories.
    protected override int Steps => 80;

    private protected override async ValueTask<IPostStore> OpenAsync(FakeTime time) =>
        await PostgresStore.OpenAsync(_options, time);
}
