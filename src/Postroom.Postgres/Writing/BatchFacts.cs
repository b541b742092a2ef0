using Npgsql;
using Postroom.Postgres.Reading;
using Postroom.Postgres.Records;
using Postroom.Storage;
using Postroom.Storage.Memory;

namespace Postroom.Postgres.Writing;

/// <summary>
/// The second step of a batch: what was there before of all that it concerns, as the state of the store that is the
/// oracle of all engines. Every row that a decision rests on is locked until the batch ends. A batch of fresh entries
/// under fresh keys asks nothing.
/// </summary>
internal sealed class BatchFacts
{
    /// <summary>Jobs made in the batch are numbered above it until the database numbers them.</summary>
    public const long LastJob = 1L << 60;

    /// <summary>The time of a secret that was consumed before.</summary>
    public const long Consumed = -1;

    private const string KeyRows = $"""
        SELECT k.key, k.row, k.expires_at, {EntryRows.Facts}
        FROM postroom.keys k LEFT JOIN postroom.entries e ON e.row = k.row WHERE k.key = ANY ($1)
        """;

    private const string EntryFacts = $"""
        SELECT {EntryRows.Facts} FROM postroom.entries e WHERE e.row = ANY ($1) ORDER BY e.row FOR UPDATE
        """;

    private const string Jobs = $"""
        SELECT {JobRows.Columns}, j.changed_at FROM postroom.jobs j
        WHERE j.number = ANY ($1) OR j.entry_row = ANY ($2) ORDER BY j.number FOR UPDATE
        """;

    private const string Values = """
        SELECT v.endpoint, v.rule, v.digest, v.entry FROM postroom.unique_values v
        JOIN unnest($1, $2, $3) AS n (endpoint, rule, digest) USING (endpoint, rule, digest)
        UNION
        SELECT endpoint, rule, digest, entry FROM postroom.unique_values WHERE entry_row = ANY ($4)
        """;

    private const string Counts = """
        SELECT endpoint, period, start, count FROM postroom.quota_counts
        WHERE count > 0 AND (endpoint, period) IN (SELECT * FROM unnest($1, $2))
        """;

    private const string Uploads = $"""
        SELECT {UploadRows.Columns} FROM postroom.uploads u WHERE u.id = ANY ($1) ORDER BY u.id FOR UPDATE
        """;

    private const string Usage = """
        SELECT endpoint, caller, bytes, open FROM postroom.upload_usage
        WHERE (endpoint, caller) IN (SELECT * FROM unnest($1, $2))
        """;

    private readonly MemoryStateSource _state = new();

    /// <summary>What the database holds under the keys that were taken.</summary>
    public Dictionary<KeyHash, KeyPlace> Places { get; } = [];

    /// <summary>What was before.</summary>
    public MemoryState State { get; private set; } = MemoryState.Empty;

    /// <summary>The records; null when the batch concerns none.</summary>
    public RecordBatch? Records { get; private init; }

    public static async Task<BatchFacts> ReadAsync(
        Database database, NpgsqlConnection connection, Touched touched, BatchClaims claims,
        RecordBatch? records)
    {
        var facts = new BatchFacts { Records = records };
        foreach (var token in touched.Tokens.Keys.Where(token => !claims.Tokens.Contains(token)))
        {
            facts._state.AddToken(token, Consumed);
        }

        await using var batch = new NpgsqlBatch(connection);
        var reads = facts.Questions(database, batch, touched, claims);
        records?.AddQuestions(batch, reads);
        if (batch.BatchCommands.Count > 0)
        {
            await using var reader = await batch.ExecuteReaderAsync();
            foreach (var read in reads)
            {
                await reader.EachAsync(() => read(reader));
            }
        }

        facts.State = records?.Into(facts._state.State) ?? facts._state.State;
        return facts;
    }

    /// <summary>Adds the statements, and gives what reads the rows of each.</summary>
    private List<Action<NpgsqlDataReader>> Questions(
        Database database, NpgsqlBatch batch, Touched touched, BatchClaims claims)
    {
        var reads = new List<Action<NpgsqlDataReader>>();
        var keys = touched.Keys.Keys.Where(key => !claims.Keys.Contains(key)).Select(Uuids.Of).ToArray();
        if (keys.Length > 0)
        {
            batch.BatchCommands.Add(database.Command(KeyRows, Parameters.Uuids(keys)));
            reads.Add(ReadKey);
        }

        if (touched.Entries.Count > 0)
        {
            batch.BatchCommands.Add(database.Command(EntryFacts, Parameters.Longs([.. touched.Entries])));
            reads.Add(reader => _state.Add(EntryRows.ReadFacts(reader)));
        }

        long[] moved = [.. touched.Moved];
        if (touched.Jobs.Count > 0 || moved.Length > 0)
        {
            batch.BatchCommands.Add(database.Command(
                Jobs, Parameters.Longs([.. touched.Jobs]), Parameters.Longs(moved)));
            reads.Add(reader => _state.Add(
                new MemoryJob(JobRows.Read(reader), reader.GetInt64(JobRows.Count))));
        }

        AddValues(database, batch, reads, [.. touched.Values.Keys.Where(v => !claims.Values.Contains(v))], moved);
        if (touched.Counts.Count > 0)
        {
            batch.BatchCommands.Add(database.Command(
                Counts,
                Parameters.Texts([.. touched.Counts.Select(count => count.Endpoint)]),
                Parameters.Longs([.. touched.Counts.Select(count => count.Period)])));
            reads.Add(reader => _state.Add(
                new CountEntry(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2)), reader.GetInt64(3)));
        }

        AddUploads(database, batch, reads, touched);
        return reads;
    }

    private void AddUploads(
        Database database, NpgsqlBatch batch, List<Action<NpgsqlDataReader>> reads, Touched touched)
    {
        if (touched.Uploads.Count > 0)
        {
            batch.BatchCommands.Add(database.Command(
                Uploads, Parameters.Uuids([.. touched.Uploads.Select(Uuids.Of)])));
            reads.Add(reader => _state.Add(UploadRows.Read(reader)));
        }

        if (touched.Usage.Count > 0)
        {
            batch.BatchCommands.Add(database.Command(
                Usage,
                Parameters.Texts([.. touched.Usage.Select(usage => usage.Endpoint)]),
                Parameters.Texts([.. touched.Usage.Select(usage => usage.Caller)])));
            reads.Add(reader => _state.Add(
                reader.GetString(0), reader.GetString(1), new UploadUsage(reader.GetInt64(2), reader.GetInt64(3))));
        }
    }

    private void AddValues(
        Database database, NpgsqlBatch batch, List<Action<NpgsqlDataReader>> reads, ValueFree[] values, long[] moved)
    {
        if (values.Length == 0 && moved.Length == 0)
        {
            return;
        }

        batch.BatchCommands.Add(database.Command(
            Values,
            Parameters.Texts([.. values.Select(value => value.Endpoint)]),
            Parameters.Texts([.. values.Select(value => value.Rule)]),
            Parameters.Byteas([.. values.Select(value => Bytes.Of(value.Digest))]),
            Parameters.Longs(moved)));
        reads.Add(reader => _state.Add(BatchClaims.ReadValue(reader), Uuids.Entry(reader.GetGuid(3))));
    }

    private void ReadKey(NpgsqlDataReader reader)
    {
        var key = Uuids.Key(reader.GetGuid(0));
        var place = new KeyPlace(reader.GetInt64(1), reader.GetInt64(2));
        Places.Add(key, place);
        _state.AddKey(key, place.Row);
        if (!reader.IsDBNull(3))
        {
            _state.Add(EntryRows.ReadFacts(reader, 3));
        }
    }
}
