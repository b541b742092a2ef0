using Npgsql;
using Postroom.Storage.Records;
using Postroom.Storage.Records.Shapes;

namespace Postroom.Postgres.Records;

/// <summary>
/// The steps at which a table changes for all nodes: each a transaction that no writer of the table is in.
/// </summary>
internal sealed class RecordSteps(Database database, RecordShapes shapes)
{
    private const int AttemptsMax = 20;

    /// <summary>Makes the table when there is none, and columns and totals that it has not.</summary>
    public async Task ExtendAsync(RecordTable table, CancellationToken cancel)
    {
        if (!shapes.All.ContainsKey(table.Endpoint))
        {
            var name = await FreeNameAsync(table.Name, cancel);
            await RunAsync(
                [database.Command(RecordDefinitions.Table(name)), RecordCatalogue.Add(database, table, name)], cancel);
        }

        var shape = shapes.Of(table);
        var extension = new RecordExtension(shape, table);
        if (extension.Columns.Count + extension.Revived.Count > 0)
        {
            await ChangeAsync(
                shape,
                [
                    .. extension.Columns.Select(
                        column => database.Command(RecordDefinitions.Column(shape.Name, column))),
                    .. extension.Columns.Concat(extension.Revived).Select(
                        column => RecordCatalogue.Put(database, shape, column)),
                ],
                cancel);
        }
    }

    /// <summary>Ends what is no longer declared, and notes what is.</summary>
    public async Task SettleAsync(RecordTable table, CancellationToken cancel)
    {
        var shape = shapes.Of(table);
        var unused = new RecordExcess(shape, table);
        var indexes = RecordDefinitions.Indexes(shape, table).Select(index => index.Name).ToHashSet();
        var dropped = (await IndexesAsync(shape, cancel)).Keys.Where(name => !indexes.Contains(name)).ToList();
        if (unused.IsEmpty && dropped.Count == 0 && RecordCatalogue.IsSame(shape.Declared, table))
        {
            return;
        }

        await ChangeAsync(
            shape,
            [
                RecordCatalogue.Declare(database, shape, table),
                .. unused.Columns.Select(column => RecordCatalogue.Put(
                    database, shape, column with { IsLive = false, IsFilled = false })),
                .. unused.Sums.SelectMany(sum => RecordCatalogue.Remove(database, shape, sum)),
                .. dropped.Select(name => database.Command($"DROP INDEX postroom.\"{name}\"")),
                .. shape.HasChanges && !table.HasChanges ? Forget(shape) : [],
            ],
            cancel);
    }

    /// <summary>The indexes of a declaration that a table has, and whether each is whole.</summary>
    public async Task<Dictionary<string, bool>> IndexesAsync(RecordShape shape, CancellationToken cancel)
    {
        await using var command = database.Source.CreateCommand(database.Sql(
            $"""
            SELECT c.relname, i.indisvalid FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
            WHERE i.indrelid = 'postroom."{shape.Name}"'::regclass AND c.relname ~ '_[0-9a-f]{"{8}"}$'
            """));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var indexes = new Dictionary<string, bool>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancel))
        {
            indexes.Add(reader.GetString(0), reader.GetBoolean(1));
        }

        return indexes;
    }

    /// <summary>Changes a table while nobody writes to it; every node reads its shape again before it does.</summary>
    /// <param name="shape">The table.</param>
    /// <param name="commands">What changes it.</param>
    /// <param name="cancel">Ends it without effect.</param>
    /// <param name="more">What is done besides, within the same transaction.</param>
    public Task ChangeAsync(
        RecordShape shape, IReadOnlyList<NpgsqlBatchCommand> commands, CancellationToken cancel,
        Func<NpgsqlConnection, Task>? more = null) =>
        RunAsync(
            [
                new NpgsqlBatchCommand("SET LOCAL lock_timeout = '2s'"),
                database.Command($"LOCK TABLE postroom.\"{shape.Name}\" IN ACCESS EXCLUSIVE MODE"),
                .. commands,
                RecordCatalogue.Touch(database, shape),
            ],
            cancel,
            more);

    // A gap in the numbers tells whoever follows when they are kept again that some are missing.
    private IEnumerable<NpgsqlBatchCommand> Forget(RecordShape shape) =>
    [
        database.Command(
            "DELETE FROM postroom.record_changes WHERE record_table = $1", Parameters.Int((int)shape.Number)),
        database.Command(
            "UPDATE postroom.record_counters SET last_change = last_change + 1 WHERE record_table = $1",
            Parameters.Int((int)shape.Number)),
    ];

    // Who waits for the lock holds up all who come after; so it waits for a moment only, and again later.
    private async Task RunAsync(
        IReadOnlyList<NpgsqlBatchCommand> commands, CancellationToken cancel,
        Func<NpgsqlConnection, Task>? more = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await TryAsync(commands, more, cancel);
                await shapes.ReloadAsync(cancel);
                return;
            }
            catch (PostgresException busy) when (
                busy.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected
                && attempt < AttemptsMax)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100 * attempt), cancel);
            }
        }
    }

    private async Task TryAsync(
        IReadOnlyList<NpgsqlBatchCommand> commands, Func<NpgsqlConnection, Task>? more, CancellationToken cancel)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        foreach (var command in commands)
        {
            // One by one: a statement with several parts takes no parameters, and each sees what the last has made.
            await using var single = new NpgsqlCommand(command.CommandText, connection) { CommandTimeout = 0 };
            foreach (var parameter in command.Parameters)
            {
                single.Parameters.Add(((NpgsqlParameter)parameter).Clone());
            }

            await single.ExecuteNonQueryAsync(cancel);
        }

        if (more is not null)
        {
            await more(connection);
        }

        await transaction.CommitAsync(cancel);
    }

    private async Task<string> FreeNameAsync(string name, CancellationToken cancel)
    {
        for (var number = 1; ; number++)
        {
            var free = number == 1 ? name : FormattableString.Invariant($"{name}_{number}");
            await using var command = database.Source.CreateCommand(database.Sql(
                """
                SELECT to_regclass('postroom."r_' || $1 || '"') IS NULL
                  AND to_regclass('postroom."' || $1 || '_readable"') IS NULL
                """));
            command.Parameters.Add(Parameters.Text(free));
            if ((bool)(await command.ExecuteScalarAsync(cancel))!)
            {
                return $"r_{free}";
            }
        }
    }
}
