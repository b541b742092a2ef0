using Npgsql;
using Postroom.Storage;
using Postroom.Storage.Records;
using Postroom.Storage.Records.Shapes;

namespace Postroom.Postgres.Records;

/// <summary>Makes indexes that are not there while everybody goes on, the unique ones last.</summary>
internal sealed class RecordIndexing(Database database, RecordShapes shapes)
{
    private const int OffendersMax = 20;

    /// <summary>The unique indexes that records contradict.</summary>
    public async Task<IReadOnlyList<RecordTableFault>> RunAsync(RecordTable table, CancellationToken cancel)
    {
        var shape = shapes.Of(table);
        var there = await new RecordSteps(database, shapes).IndexesAsync(shape, cancel);
        var faults = new List<RecordTableFault>();
        foreach (var index in RecordDefinitions.Indexes(shape, table).OrderBy(index => index.Unique is not null))
        {
            if (there.TryGetValue(index.Name, out var isWhole) && isWhole)
            {
                continue;
            }

            if (!await TryAsync(shape, index, cancel))
            {
                faults.Add(new RecordTableFault(
                    table.Endpoint, index.Unique!, await OffendersAsync(shape, index, cancel)));
            }
        }

        return faults;
    }

    private async Task<bool> TryAsync(RecordShape shape, ShapeIndex index, CancellationToken cancel)
    {
        // What is left of an attempt that failed is no index, and in the way.
        await DropAsync(index, cancel);
        try
        {
            await RunAsync(index.Sql(online: !await IsEmptyAsync(shape, cancel)), cancel);
            return true;
        }
        catch (PostgresException refused) when (
            refused.SqlState == PostgresErrorCodes.UniqueViolation && index.Unique is not null)
        {
            await DropAsync(index, cancel);
            return false;
        }
    }

    private Task DropAsync(ShapeIndex index, CancellationToken cancel) =>
        RunAsync($"DROP INDEX IF EXISTS postroom.\"{index.Name}\"", cancel);

    private async Task<bool> IsEmptyAsync(RecordShape shape, CancellationToken cancel)
    {
        await using var any = database.Source.CreateCommand(
            database.Sql($"SELECT NOT EXISTS (SELECT FROM postroom.\"{shape.Name}\")"));
        return (bool)(await any.ExecuteScalarAsync(cancel))!;
    }

    private async Task RunAsync(string sql, CancellationToken cancel)
    {
        await using var command = database.Source.CreateCommand(database.Sql(sql));
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancel);
    }

    private async Task<List<EntryId>> OffendersAsync(RecordShape shape, ShapeIndex index, CancellationToken cancel)
    {
        var columns = string.Join(", ", index.Columns);
        var present = string.Join(" AND ", index.Columns.Select(name => $"{name} IS NOT NULL"));
        await using var command = database.Source.CreateCommand(database.Sql(FormattableString.Invariant(
            $"""
            SELECT id FROM postroom."{shape.Name}" WHERE ({columns}) IN (
              SELECT {columns} FROM postroom."{shape.Name}" WHERE {present} GROUP BY {columns} HAVING count(*) > 1)
            ORDER BY {columns}, id LIMIT {OffendersMax}
            """)));
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var offenders = new List<EntryId>();
        while (await reader.ReadAsync(cancel))
        {
            offenders.Add(Uuids.Entry(reader.GetGuid(0)));
        }

        return offenders;
    }
}
