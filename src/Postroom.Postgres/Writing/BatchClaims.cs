using Npgsql;
using Postroom.Postgres.Reading;
using Postroom.Postgres.Records;
using Postroom.Storage;

namespace Postroom.Postgres.Writing;

/// <summary>
/// The first step of a batch: a row for every key, secret, value and count that it concerns, made or else locked. Who
/// meets a row that another transaction has made and not committed waits for its end, on whatever node it runs. All
/// batches take the tables, and the rows of each, in the same order.
/// </summary>
internal sealed class BatchClaims
{
    // WHERE false: the row that is there is locked and not written.
    private const string KeyRows = """
        INSERT INTO postroom.keys AS k (key, row, expires_at)
        SELECT * FROM unnest($1, $2, $3) AS n (key, row, expires_at) ORDER BY key
        ON CONFLICT (key) DO UPDATE SET row = k.row WHERE false
        RETURNING key
        """;

    private const string TokenRows = """
        INSERT INTO postroom.tokens AS t (token, expires_at)
        SELECT * FROM unnest($1, $2) AS n (token, expires_at) ORDER BY token
        ON CONFLICT (token) DO UPDATE SET expires_at = t.expires_at WHERE false
        RETURNING token
        """;

    private const string ValueRows = """
        INSERT INTO postroom.unique_values AS v (endpoint, rule, digest, entry, entry_row)
        SELECT * FROM unnest($1, $2, $3, $4, $5) AS n (endpoint, rule, digest, entry, entry_row)
        ORDER BY endpoint, rule, digest
        ON CONFLICT (endpoint, rule, digest) DO UPDATE SET entry = v.entry WHERE false
        RETURNING endpoint, rule, digest
        """;

    private const string CountRows = """
        INSERT INTO postroom.quota_counts AS q (endpoint, period, start, count)
        SELECT *, 0 FROM unnest($1, $2, $3) AS n (endpoint, period, start) ORDER BY endpoint, period, start
        ON CONFLICT (endpoint, period, start) DO UPDATE SET count = q.count WHERE false
        """;

    private const string UsageRows = """
        INSERT INTO postroom.upload_usage AS u (endpoint, caller, bytes, open)
        SELECT *, 0, 0 FROM unnest($1, $2) AS n (endpoint, caller) ORDER BY endpoint, caller
        ON CONFLICT (endpoint, caller) DO UPDATE SET bytes = u.bytes WHERE false
        """;

    /// <summary>The keys that nothing stood for: a row with their place is there now.</summary>
    public HashSet<KeyHash> Keys { get; } = [];

    /// <summary>The secrets that were not consumed.</summary>
    public HashSet<KeyHash> Tokens { get; } = [];

    /// <summary>The values that nobody held.</summary>
    public HashSet<ValueFree> Values { get; } = [];

    /// <summary>Runs <paramref name="begin"/>, which begins the transaction, and claims.</summary>
    public static async Task<BatchClaims> TakeAsync(
        Database database, NpgsqlConnection connection, IReadOnlyList<NpgsqlBatchCommand> begin, Touched touched,
        RecordBatch? records)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var statement in begin)
        {
            batch.BatchCommands.Add(statement);
        }

        Add(database, batch, touched);
        records?.AddLocks(batch);
        var claims = new BatchClaims();
        await using var reader = await batch.ExecuteReaderAsync();
        if (touched.Keys.Count > 0)
        {
            await reader.EachAsync(() => claims.Keys.Add(Uuids.Key(reader.GetGuid(0))));
        }

        if (touched.Tokens.Count > 0)
        {
            await reader.EachAsync(() => claims.Tokens.Add(Uuids.Key(reader.GetGuid(0))));
        }

        if (touched.Values.Count > 0)
        {
            await reader.EachAsync(() => claims.Values.Add(ReadValue(reader)));
        }

        if (records is not null)
        {
            await records.ReadLocksAsync(reader);
        }

        return claims;
    }

    /// <summary>The value that stands in the first three columns.</summary>
    public static ValueFree ReadValue(NpgsqlDataReader reader) => new(
        reader.GetString(0), reader.GetString(1), Fingerprint.Read(reader.GetFieldValue<byte[]>(2)));

    private static void Add(Database database, NpgsqlBatch batch, Touched touched)
    {
        if (touched.Keys.Count > 0)
        {
            batch.BatchCommands.Add(database.Command(
                KeyRows,
                Parameters.Uuids([.. touched.Keys.Keys.Select(Uuids.Of)]),
                Parameters.Longs([.. touched.Keys.Values.Select(place => place.Row)]),
                Parameters.Longs([.. touched.Keys.Values.Select(place => place.ExpiresAt)])));
        }

        if (touched.Tokens.Count > 0)
        {
            batch.BatchCommands.Add(database.Command(
                TokenRows,
                Parameters.Uuids([.. touched.Tokens.Keys.Select(Uuids.Of)]),
                Parameters.Longs([.. touched.Tokens.Values])));
        }

        if (touched.Values.Count > 0)
        {
            batch.BatchCommands.Add(database.Command(
                ValueRows,
                Parameters.Texts([.. touched.Values.Keys.Select(value => value.Endpoint)]),
                Parameters.Texts([.. touched.Values.Keys.Select(value => value.Rule)]),
                Parameters.Byteas([.. touched.Values.Keys.Select(value => Bytes.Of(value.Digest))]),
                Parameters.Uuids([.. touched.Values.Values.Select(Uuids.Of)]),
                Parameters.Longs([.. touched.Values.Values.Select(entry => entry.Row)])));
        }

        if (touched.Counts.Count > 0)
        {
            batch.BatchCommands.Add(database.Command(
                CountRows,
                Parameters.Texts([.. touched.Counts.Select(count => count.Endpoint)]),
                Parameters.Longs([.. touched.Counts.Select(count => count.Period)]),
                Parameters.Longs([.. touched.Counts.Select(count => count.Start)])));
        }

        if (touched.Usage.Count > 0)
        {
            batch.BatchCommands.Add(database.Command(
                UsageRows,
                Parameters.Texts([.. touched.Usage.Select(usage => usage.Endpoint)]),
                Parameters.Texts([.. touched.Usage.Select(usage => usage.Caller)])));
        }
    }
}
