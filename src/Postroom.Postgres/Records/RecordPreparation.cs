using Npgsql;
using Postroom.Postgres.Writing;
using Postroom.Storage;
using Postroom.Storage.Records;
using Postroom.Storage.Records.Shapes;

namespace Postroom.Postgres.Records;

/// <summary>
/// Brings tables to what is declared while every node goes on: columns are filled in slices, indexes are made online.
/// Nodes that start together wait for each other. Totals of a capacity that is new to a table with records are added up
/// while writers of that table wait.
/// </summary>
internal sealed class RecordPreparation(Database database, RecordShapes shapes)
{
    private const string Turn = "SELECT pg_advisory_xact_lock(hashtextextended('postroom records ' || $1, 0))";

    public async Task<IReadOnlyList<RecordTableFault>> RunAsync(
        IReadOnlyList<RecordTable> tables, CancellationToken cancel)
    {
        foreach (var table in tables)
        {
            RecordTableRules.Check(table);
        }

        // The lock is one of a transaction, so that it holds through a pool of connections as well.
        await using var connection = await database.Source.OpenConnectionAsync(cancel);
        await using var turn = await connection.BeginTransactionAsync(cancel);
        await using (var wait = new NpgsqlCommand(Turn, connection) { CommandTimeout = 0 })
        {
            wait.Parameters.Add(Parameters.Text(database.Schema));
            await wait.ExecuteNonQueryAsync(cancel);
        }

        // After the lock: the last statement of a transaction keeps its snapshot, and an index that is made online
        // would wait for that for ever. This one has none.
        await using (var wait = new NpgsqlCommand(
            "SET LOCAL idle_in_transaction_session_timeout = 0", connection))
        {
            await wait.ExecuteNonQueryAsync(cancel);
        }

        return await PrepareAsync(tables, cancel);
    }

    private async Task<IReadOnlyList<RecordTableFault>> PrepareAsync(
        IReadOnlyList<RecordTable> tables, CancellationToken cancel)
    {
        await shapes.ReloadAsync(cancel);
        var steps = new RecordSteps(database, shapes);
        var faults = new List<RecordTableFault>();
        foreach (var table in tables)
        {
            await steps.ExtendAsync(table, cancel);
            await new RecordFilling(database, shapes).RunAsync(table, cancel);
            faults.AddRange(await new RecordIndexing(database, shapes).RunAsync(table, cancel));
        }

        if (faults.Count > 0)
        {
            return faults;
        }

        foreach (var table in tables)
        {
            await steps.SettleAsync(table, cancel);
            shapes.Declare(table);
        }

        return faults;
    }
}
