using Npgsql;
using Postroom.Storage;

namespace Postroom.Postgres.Purging;

/// <summary>One transaction of a purge that removes entries with all that belongs to them.</summary>
internal sealed class PurgeSlice : IAsyncDisposable
{
    // An entry whose key has not ended is emptied; the key stays taken.
    private const string Emptied = """
        UPDATE postroom.entries SET state = 4, reason = NULL, evidence = NULL, answer_status = NULL, redirect = NULL,
          location = NULL, owner = NULL, agent = NULL, address = NULL, origin = NULL, repeat_of = NULL,
          media_type = NULL, bytes = 0, answer = NULL, document = '', control = NULL
        WHERE row = ANY ($1) AND key IS NOT NULL AND answer_status IS NOT NULL AND expires_at > $2
        """;

    private readonly Database _database;
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private readonly CancellationToken _cancel;

    private PurgeSlice(
        Database database, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancel) =>
        (_database, _connection, _transaction, _cancel) = (database, connection, transaction, cancel);

    public static async Task<PurgeSlice> BeginAsync(Database database, CancellationToken cancel)
    {
        var connection = await database.Source.OpenConnectionAsync(cancel);
        return new PurgeSlice(database, connection, await connection.BeginTransactionAsync(cancel), cancel);
    }

    public async Task<List<(long Row, long Bytes)>> FindAsync(string sql, params NpgsqlParameter[] parameters)
    {
        await using var command = new NpgsqlCommand(_database.Sql(sql), _connection);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(_cancel);
        var rows = new List<(long, long)>();
        while (await reader.ReadAsync(_cancel))
        {
            rows.Add((reader.GetInt64(0), reader.GetInt64(1)));
        }

        return rows;
    }

    /// <summary>Removes the entries, commits, and tells of their files.</summary>
    public async Task DeleteAsync(long[] rows, PurgeOrder order)
    {
        if (rows.Length == 0)
        {
            return;
        }

        var files = await FilesAsync(rows);
        await using var batch = new NpgsqlBatch(_connection);
        string[] parts =
        [
            "DELETE FROM postroom.jobs WHERE entry_row = ANY ($1)",
            "DELETE FROM postroom.unique_values WHERE entry_row = ANY ($1)",
            "DELETE FROM postroom.entry_files WHERE entry_row = ANY ($1)",
            "DELETE FROM postroom.bodies WHERE row = ANY ($1)",
        ];
        foreach (var part in parts)
        {
            batch.BatchCommands.Add(_database.Command(part, Parameters.Longs(rows)));
        }

        batch.BatchCommands.Add(_database.Command(Emptied, Parameters.Longs(rows), Parameters.Long(order.Now)));
        batch.BatchCommands.Add(_database.Command(
            "DELETE FROM postroom.entries WHERE row = ANY ($1) AND state < 4", Parameters.Longs(rows)));
        await batch.ExecuteNonQueryAsync(_cancel);
        await _transaction.CommitAsync(_cancel);
        files.ForEach(file => order.FileRemoved?.Invoke(file));
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private async Task<List<EntryId>> FilesAsync(long[] rows)
    {
        await using var command = new NpgsqlCommand(
            _database.Sql(
                "SELECT id FROM postroom.entry_files WHERE entry_row = ANY ($1) ORDER BY entry_row, position"),
            _connection)
        {
            Parameters = { Parameters.Longs(rows) },
        };
        await using var reader = await command.ExecuteReaderAsync(_cancel);
        var files = new List<EntryId>();
        while (await reader.ReadAsync(_cancel))
        {
            files.Add(Uuids.Entry(reader.GetGuid(0)));
        }

        return files;
    }
}
