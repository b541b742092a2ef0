using Postroom.Postgres.Tests.Conformance;
using Postroom.Sqlite.Tests.Conformance;
using Postroom.Storage;

namespace Postroom.Postgres.Tests.Pooled;

public sealed class PooledKeyTests(PgBouncer pooler) : KeyConformance, IClassFixture<PgBouncer>
{
    private readonly PostgresStoreOptions _options = pooler.NewStore();

    private protected override async ValueTask<IPostStore> OpenAsync() => await PostgresStore.OpenAsync(_options, Time);
}

public sealed class PooledEntryTests(PgBouncer pooler) : EntryConformance, IClassFixture<PgBouncer>
{
    private readonly PostgresStoreOptions _options = pooler.NewStore();

    private protected override async ValueTask<IPostStore> OpenAsync() => await PostgresStore.OpenAsync(_options, Time);
}

public sealed class PooledGuardTests(PgBouncer pooler) : GuardConformance, IClassFixture<PgBouncer>
{
    private readonly PostgresStoreOptions _options = pooler.NewStore();

    private protected override async ValueTask<IPostStore> OpenAsync() => await PostgresStore.OpenAsync(_options, Time);
}

public sealed class PooledJobTests(PgBouncer pooler) : JobConformance, IClassFixture<PgBouncer>
{
    private readonly PostgresStoreOptions _options = pooler.NewStore();

    private protected override async ValueTask<IPostStore> OpenAsync() => await PostgresStore.OpenAsync(_options, Time);
}

public sealed class PooledReaderTests(PgBouncer pooler) : ReaderConformance, IClassFixture<PgBouncer>
{
    private readonly PostgresStoreOptions _options = pooler.NewStore();

    private protected override async ValueTask<IPostStore> OpenAsync() => await PostgresStore.OpenAsync(_options, Time);
}

public sealed class PooledPurgeTests(PgBouncer pooler) : PurgeConformance, IClassFixture<PgBouncer>
{
    private readonly PostgresStoreOptions _options = pooler.NewStore();

    private protected override async ValueTask<IPostStore> OpenAsync() => await PostgresStore.OpenAsync(_options, Time);
}

public sealed class PooledConcurrencyTests(PgBouncer pooler) : ConcurrencyConformance, IClassFixture<PgBouncer>
{
    private readonly PostgresStoreOptions _options = pooler.NewStore();

    private protected override async ValueTask<IPostStore> OpenAsync() => await PostgresStore.OpenAsync(_options, Time);
}

public sealed class PooledRestartTests(PgBouncer pooler) : RestartConformance, IClassFixture<PgBouncer>
{
    private readonly PostgresStoreOptions _options = pooler.NewStore();

    private protected override async ValueTask<IPostStore> OpenAsync() => await PostgresStore.OpenAsync(_options, Time);
}
