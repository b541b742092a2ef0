using Microsoft.Extensions.Logging.Abstractions;
using Postroom.Sqlite.Tests;
using Postroom.Storage;

namespace Postroom.Postgres.Tests.Conformance;

internal static class PostgresStore
{
    // Another seed for each opening: what must survive a restart is not to be had from the same bits again.
    private static int s_seed;

    public static async ValueTask<PostgresPostStore> OpenAsync(PostgresStoreOptions options, FakeTime time) =>
        await PostgresPostStore.OpenAsync(
            options, time, new SeededEntropy(Interlocked.Increment(ref s_seed)), NullLogger.Instance,
            TestContext.Current.CancellationToken);
}
