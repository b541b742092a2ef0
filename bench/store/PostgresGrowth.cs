using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Postroom.Postgres;
using Postroom.Storage;

namespace Postroom.Store.Bench;

/// <summary>
/// Claims and prunes beside few entries and beside many, in turn. The entries came one after the other over the last
/// day; every key is still kept when it begins.
/// </summary>
internal static class PostgresGrowth
{
    private const string Endpoint = "/api/contact";
    private const int Callers = 64;
    private const int Rounds = 3;
    private const int Pruned = 2000;
    private const long Day = 24 * 60 * 60 * 1000;

    // Rows and ids are those of their time, 8 ms apart; keys are spread as random ones are.
    private const string Entries = """
        INSERT INTO postroom.entries
          (row, id, endpoint, state, received_at, key, fingerprint, expires_at, answer_status, media_type, bytes, answer,
           document)
        SELECT ms << 12, (lpad(to_hex(ms), 12, '0') || '70008000' || lpad(to_hex(i), 12, '0'))::uuid, $1, 0, ms,
          md5(i::text)::uuid, decode(md5(i::text) || md5(i::text), 'hex'), ms + $2, 201, 'application/json', 200,
          convert_to('{"id":"019aaaaa-0000-7000-8000-000000000000","message":"Thank you!"}', 'UTF8'),
          convert_to('{"name":"Ada Lovelace","email":"ada.' || i || '@example.com","message":"'
            || repeat('Good morning. ', 8) || '"}', 'UTF8')
        FROM (SELECT i, $3 + 8 * i AS ms FROM generate_series($4, $5) AS i) AS times
        """;

    private const string Keys =
        "INSERT INTO postroom.keys SELECT key, row, expires_at FROM postroom.entries ORDER BY row";

    public static async Task RunAsync(string small, string large, long entries)
    {
        await using var few = await StoreAsync(small, 10_000);
        await using var many = await StoreAsync(large, entries);
        var figures = new List<(bool Many, double Rate, double Prune, double Idle)>();
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (store, isMany) in new[] { (few, false), (many, true) })
            {
                var rate = await PostBench.RateAsync(store.Store, Callers, TimeSpan.FromSeconds(4));
                var order = Order(store.First + (8L * Pruned * (round + 1)));
                figures.Add((isMany, rate, await PruneAsync(store.Store, order), await PruneAsync(store.Store, order)));
            }
        }

        Console.WriteLine("| entries stored | POSTs/s at the store, 64 callers "
            + $"| prune of {Pruned:N0} entries and keys, ms | prune with nothing to do, ms |");
        Console.WriteLine("|--:|--:|--:|--:|");
        foreach (var (isMany, count) in new[] { (false, 10_000L), (true, entries) })
        {
            var own = figures.Where(figure => figure.Many == isMany).ToList();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {count:N0} | {Median(own.Select(one => one.Rate)):N0} | {Median(own.Select(one => one.Prune)):N0} "
                    + $"| {Median(own.Select(one => one.Idle)):N0} |"));
        }
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    // As if a day had passed for the oldest.
    private static PurgeOrder Order(long before) => new()
    {
        Now = before + Day,
        DeleteBefore = new Dictionary<string, long> { [Endpoint] = before },
    };

    private static async Task<double> PruneAsync(PostgresPostStore store, PurgeOrder order)
    {
        var began = Stopwatch.GetTimestamp();
        await store.PurgeAsync(order, CancellationToken.None);
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static async Task<FilledStore> StoreAsync(string address, long entries)
    {
        var store = await PostgresPostStore.OpenAsync(
            new PostgresStoreOptions { ConnectionString = address }, TimeProvider.System, EntropySource.System,
            NullLogger.Instance, CancellationToken.None);
        var first = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - Day + (60 * 60 * 1000);
        await using var source = NpgsqlDataSource.Create(address + ";Command Timeout=0");
        await ExecuteAsync(source, "ALTER TABLE postroom.keys DROP CONSTRAINT keys_pkey");
        const long Together = 1_000_000;
        for (var from = 0L; from < entries; from += Together)
        {
            await ExecuteAsync(
                source, Entries, Endpoint, Day, first, from, Math.Min(entries, from + Together) - 1);
        }

        await ExecuteAsync(source, Keys);
        await ExecuteAsync(source, "ALTER TABLE postroom.keys ADD PRIMARY KEY (key)");
        await ExecuteAsync(source, "VACUUM ANALYZE");
        await ExecuteAsync(source, "CHECKPOINT");
        return new FilledStore(store, first);
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql, params object[] values)
    {
        await using var command = source.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync();
    }

    private sealed record FilledStore(PostgresPostStore Store, long First) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Store.DisposeAsync();
    }
}
