using System.Data;
using System.Text;
using Npgsql;
using Postroom.Postgres.Records;
using Postroom.Postgres.Statements;
using Postroom.Storage;
using Postroom.Storage.Records;

namespace Postroom.Postgres.Reading;

/// <summary>A view of one moment: a read-only transaction whose snapshot is taken when it begins.</summary>
internal sealed class PostgresReader : IStoreReader
{
    private const int ScanStep = 1000;

    private readonly Database _database;
    private readonly NpgsqlConnection _connection;

    private readonly RecordShapes _shapes;

    private PostgresReader(Database database, RecordShapes shapes, NpgsqlConnection connection) =>
        (_database, _shapes, _connection) = (database, shapes, connection);

    public static PostgresReader Open(Database database, RecordShapes shapes)
    {
        var connection = database.Views.OpenConnection();
        try
        {
            // One by one: several at once would be sent by the pool's threads, see Database.
            Run(connection, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
            Run(connection, "SELECT pg_current_snapshot()::text");
            return new PostgresReader(database, shapes, connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public Entry? FindEntry(EntryId id)
    {
        var found = Read(
            $"""
            SELECT {EntryRows.Whole}, b.content_type, b.body, b.gaps
            FROM postroom.entries e LEFT JOIN postroom.bodies b ON b.row = e.row
            WHERE e.row = $1 AND e.id = $2 AND e.state < 4
            """,
            reader => EntryRows.Read(reader) with
            {
                BodyType = reader.TextOrNull(21),
                Body = reader.BytesOrEmpty(22),
                BodyGaps = BodyGaps.Read(reader.TextOrNull(23)),
            },
            Parameters.Long(id.Row), Parameters.Uuid(Uuids.Of(id)));
        return found.Count == 0 ? null : WithFiles(found)[0];
    }

    public EntryPage ListEntries(EntryQuery query)
    {
        EntryQueryRules.Check(query);
        var text = query.Text is null ? [] : Encoding.UTF8.GetBytes(query.Text);
        var found = new List<Entry>();
        var scanned = 0;
        var after = query.After?.Row;
        EntryId last = default;
        while (true)
        {
            var rows = Scan(query, after, Math.Min(query.ScanMax - scanned + 1, Step(query)));
            foreach (var (id, entry) in rows)
            {
                if (scanned++ == query.ScanMax)
                {
                    return new EntryPage(WithFiles(found), last);
                }

                if (entry is not null && DocumentText.Holds(entry.Document.Span, text))
                {
                    if (found.Count == query.Limit)
                    {
                        return new EntryPage(WithFiles(found), found[^1].Id);
                    }

                    found.Add(entry);
                }

                (last, after) = (id, id.Row);
            }

            if (rows.Count == 0)
            {
                return new EntryPage(WithFiles(found), null);
            }
        }
    }

    public IReadOnlyList<EntryCount> CountEntries() =>
    [
        .. Read(
            "SELECT endpoint, state, count(*) FROM postroom.entries WHERE state < 4 GROUP BY endpoint, state",
            reader => new EntryCount(reader.GetString(0), (EntryState)reader.GetInt32(1), reader.GetInt64(2)))
            .OrderBy(count => count.Endpoint, StringComparer.Ordinal).ThenBy(count => count.State),
    ];

    public long CountOf(string endpoint, long period, long start) =>
        Read(
            "SELECT count FROM postroom.quota_counts WHERE endpoint = $1 AND period = $2 AND start = $3",
            reader => reader.GetInt64(0),
            Parameters.Text(endpoint), Parameters.Long(period), Parameters.Long(start)).FirstOrDefault();

    public IReadOnlyList<Job> ListJobs(EntryId entry) => Read(
        $"SELECT {JobRows.Columns} FROM postroom.jobs j WHERE j.entry_row = $1 AND j.entry = $2 ORDER BY j.number",
        JobRows.Read, Parameters.Long(entry.Row), Parameters.Uuid(Uuids.Of(entry)));

    public bool IsTokenUsed(KeyHash token) =>
        Read("SELECT 1 FROM postroom.tokens WHERE token = $1", _ => true, Parameters.Uuid(Uuids.Of(token))).Count > 0;

    public bool HasFile(EntryId file) =>
        Read(
            "SELECT 1 FROM postroom.entry_files WHERE id = $1 "
                + "UNION ALL SELECT 1 FROM postroom.uploads WHERE id = $1 AND state = 0",
            _ => true, Parameters.Uuid(Uuids.Of(file))).Count > 0;

    public Upload? FindUpload(EntryId id) => Read(
        $"SELECT {UploadRows.Columns} FROM postroom.uploads u WHERE u.id = $1",
        UploadRows.Read, Parameters.Uuid(Uuids.Of(id))).FirstOrDefault();

    public IReadOnlyList<Upload> ListUploads(string endpoint, string? caller, EntryId? after, int max) => Read(
        $"""
        SELECT {UploadRows.Columns} FROM postroom.uploads u
        WHERE u.state = 0 AND u.endpoint = $1 AND u.id > $2 AND ($3 IS NULL OR u.caller = $3) ORDER BY u.id LIMIT $4
        """,
        UploadRows.Read, Parameters.Text(endpoint), Parameters.Uuid(Uuids.Of(after ?? default)),
        Parameters.TextOrNull(caller), Parameters.Int(max));

    public IReadOnlyList<Upload> ListExpiredUploads(long now, int max) => Read(
        $"""
        SELECT {UploadRows.Columns} FROM postroom.uploads u
        WHERE u.state <> 1 AND u.expires_at <= $1 ORDER BY u.expires_at, u.id LIMIT $2
        """,
        UploadRows.Read, Parameters.Long(now), Parameters.Int(max));

    public UploadUsage UsageOf(string endpoint, string? caller) => Read(
        "SELECT bytes, open FROM postroom.upload_usage WHERE endpoint = $1 AND caller = $2",
        reader => new UploadUsage(reader.GetInt64(0), reader.GetInt64(1)),
        Parameters.Text(endpoint), Parameters.Text(caller ?? "")).FirstOrDefault();

    public IReadOnlyList<KeptBody> ListBodies(string endpoint, int max) => Read(
        """
        SELECT e.id, e.received_at, length(b.body)::bigint + coalesce(
          (SELECT sum(f.size) FROM postroom.entry_files f WHERE f.entry_row = e.row), 0)::bigint
        FROM postroom.bodies b JOIN postroom.entries e ON e.row = b.row
        WHERE e.endpoint = $1 ORDER BY e.row LIMIT $2
        """,
        reader => new KeptBody(Uuids.Entry(reader.GetGuid(0)), reader.GetInt64(1), reader.GetInt64(2)),
        Parameters.Text(endpoint), Parameters.Int(max));

    public Record? FindRecord(RecordTable table, EntryId id) => Read(
        $"SELECT {RecordFields.Own} FROM {NameOf(table)} WHERE id = $1",
        RecordFields.Read, Parameters.Uuid(Uuids.Of(id))).FirstOrDefault();

    public RecordPage ListRecords(RecordList list)
    {
        var (past, order) = list.OldestFirst ? (">", "") : ("<", "DESC");
        var page = Read(
            $"""
            SELECT {RecordFields.Own} FROM {NameOf(list.Table)}
            WHERE {(list.Owner is null ? "$1::text IS NULL" : "owner = $1")}
              AND {(list.After is null ? "$2::uuid IS NULL" : $"id {past} $2")} ORDER BY id {order} LIMIT $3
            """,
            RecordFields.Read, Parameters.TextOrNull(list.Owner),
            Parameters.UuidOrNull(list.After is { } after ? Uuids.Of(after) : null), Parameters.Int(list.Limit + 1));
        return page.Count > list.Limit
            ? new RecordPage(page[..list.Limit], page[list.Limit - 1].Id)
            : new RecordPage(page, null);
    }

    public long CountRecords(RecordTable table) =>
        Read($"SELECT count(*) FROM {NameOf(table)}", reader => reader.GetInt64(0))[0];

    public IReadOnlyList<Record> ListReferences(RecordTable table, string column, EntryId id, int max)
    {
        var shape = _shapes.Of(table);
        var name = _shapes.View(shape, table).Name(column)
            ?? throw new InvalidOperationException($"The column {column} of {table.Endpoint} was not prepared.");
        var found = shape.Columns[shape.Position(name)];
        var indexed = RecordDefinitions.Indexed(found, $"\"{name}\"");
        return Read(
            $"""
            SELECT {RecordFields.Own} FROM {NameOf(table)} WHERE {indexed} = $1 AND "{name}" = $1 ORDER BY id LIMIT $2
            """,
            RecordFields.Read, Parameters.Text(id.ToString()), Parameters.Int(max));
    }

    public RecordChangePage ListChanges(RecordTable table, long after, int max)
    {
        var changes = Read(
            "SELECT sequence, id, version, kind, at FROM postroom.record_changes "
                + "WHERE record_table = $1 AND sequence > $2 ORDER BY sequence LIMIT $3",
            reader => new RecordChange(
                reader.GetInt64(0), Uuids.Entry(reader.GetGuid(1)), reader.GetInt64(2),
                (RecordChangeKind)reader.GetInt32(3), reader.GetInt64(4)),
            Parameters.Int((int)_shapes.Of(table).Number), Parameters.Long(after), Parameters.Int(max));

        // Numbers have no gaps: what does not follow at once is no longer kept.
        return new RecordChangePage(
            changes,
            changes.Count == 0 ? after : changes[^1].Sequence,
            changes.Count == 0 || changes[0].Sequence == after + 1);
    }

    public long LastChange(RecordTable table) => Read(
        "SELECT last_change FROM postroom.record_counters WHERE record_table = $1",
        reader => reader.GetInt64(0), Parameters.Int((int)_shapes.Of(table).Number)).FirstOrDefault();

    public QueryResult Query(Statement statement)
    {
        try
        {
            using var command = StatementCommand.Of(_connection, statement);
            return StatementRows.Read(command);
        }
        catch (Exception failure) when (failure is StatementFailedException or PostgresException)
        {
            throw new InvalidOperationException(failure.Message, failure);
        }
    }

    public void Dispose() => _connection.Dispose();

    private string NameOf(RecordTable table) => $"postroom.\"{_shapes.Of(table).Name}\"";

    private static void Run(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    // Without a search every row but the removed ones is asked for, and one more says whether there is another page.
    private static int Step(EntryQuery query) =>
        query is { Endpoint: null, State: null, Reason: null, Text: null }
            ? Math.Min(query.Limit + 1, ScanStep)
            : ScanStep;

    /// <summary>The next rows in order, each with its entry where the query asks for it by all but the text.</summary>
    private List<(EntryId Id, Entry? Entry)> Scan(EntryQuery query, long? after, int max)
    {
        var (order, past) = query.OldestFirst ? ("", ">") : ("DESC", "<");
        var sql = $"""
            SELECT e.asked, {EntryRows.Whole}
            FROM (
              SELECT s.*, s.state < 4 AND ($2 IS NULL OR s.endpoint = $2) AND ($3 < 0 OR s.state = $3)
                AND ($4 IS NULL OR coalesce(s.reason, '') = $4) AS asked
              FROM postroom.entries s {(after is null ? "WHERE $5 = 0" : $"WHERE s.row {past} $5")}
              ORDER BY s.row {order} LIMIT $1) e
            ORDER BY e.row {order}
            """;
        return Read(
            sql,
            reader => reader.GetBoolean(0)
                ? (default(EntryId), EntryRows.Read(reader, 1))
                : (Uuids.Entry(reader.GetGuid(1)), (Entry?)null),
            Parameters.Int(max), Parameters.TextOrNull(query.Endpoint),
            Parameters.Int((int?)query.State ?? -1), Parameters.TextOrNull(query.Reason), Parameters.Long(after ?? 0))
            .ConvertAll(row => row.Item2 is null ? row : (row.Item2.Id, row.Item2));
    }

    private List<Entry> WithFiles(List<Entry> entries)
    {
        if (entries.Count == 0)
        {
            return entries;
        }

        var files = Read(
            """
            SELECT entry_row, id, field, name, size, media_type, digest FROM postroom.entry_files
            WHERE entry_row = ANY ($1) ORDER BY entry_row, position
            """,
            reader => (Row: reader.GetInt64(0), File: new EntryFile(
                Uuids.Entry(reader.GetGuid(1)), Encoding.UTF8.GetString(reader.GetFieldValue<byte[]>(2)),
                reader.GetString(3), reader.GetInt64(4), reader.GetString(5), reader.GetString(6))),
            Parameters.Longs([.. entries.Select(entry => entry.Id.Row)])).ToLookup(file => file.Row, file => file.File);
        return entries.ConvertAll(
            entry => files.Contains(entry.Id.Row) ? entry with { Files = [.. files[entry.Id.Row]] } : entry);
    }

    private List<T> Read<T>(string sql, Func<NpgsqlDataReader, T> read, params NpgsqlParameter[] parameters)
    {
        using var command = new NpgsqlCommand(_database.Sql(sql), _connection);
        command.Parameters.AddRange(parameters);
        using var reader = command.ExecuteReader(CommandBehavior.Default);
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
