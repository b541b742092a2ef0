using Npgsql;
using Postroom.Postgres.Purging;

namespace Postroom.Postgres.Tests.Engine;

/// <summary>What a purge reads where there is much that has not ended.</summary>
public sealed class PurgePlanTests(PostgresServer server) : EngineTest(server)
{
    public static TheoryData<string, string> Statements => new()
    {
        { PurgeStatements.Answers, "1, 1000" },
        { PurgeStatements.Tombstones, "1, 1000" },
        { PurgeStatements.Keys, "1, 1000" },
        { PurgeStatements.Jobs, "1, 1000" },
        { PurgeStatements.Tokens, "1, 1000" },
        { PurgeStatements.Aged, "'/api/contact', 1, 1000" },
    };

    [Theory]
    [MemberData(nameof(Statements))]
    public async Task A_purge_reads_no_table_from_end_to_end(string statement, string parameters)
    {
        await OpenAsync();
        await RunAsync("""
            INSERT INTO store.entries (row, id, endpoint, state, received_at, key, expires_at, answer_status, bytes,
              answer, document)
            SELECT i, gen_random_uuid(), '/api/contact', 0, i, gen_random_uuid(), i, 201, 9, 'answer', 'document'
            FROM generate_series(1000, 21000) AS i;
            INSERT INTO store.keys SELECT key, row, expires_at FROM store.entries;
            INSERT INTO store.jobs
              (entry_row, entry, name, state, attempts, run_at, claim, lease_until, changed_at)
            SELECT row, id, 'mail', 2, 1, 1, 1, 0, row FROM store.entries;
            INSERT INTO store.tokens SELECT key, expires_at FROM store.entries;
            ANALYZE store.entries, store.keys, store.jobs, store.tokens;
            """);

        // As a statement is planned that was prepared and has run a few times: without a look at its parameters.
        await using var connection = new NpgsqlConnection(Options.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await ExecuteAsync(
            $"SET plan_cache_mode = force_generic_plan; PREPARE purge AS {statement.Replace("postroom.", "store.",
                StringComparison.Ordinal)}");
        var plan = await ExecuteAsync($"EXPLAIN (FORMAT JSON) EXECUTE purge ({parameters})");

        Assert.Contains("Index", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);

        async Task<string?> ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(Sql(sql), connection);
            return (string?)await command.ExecuteScalarAsync();
        }
    }
}
