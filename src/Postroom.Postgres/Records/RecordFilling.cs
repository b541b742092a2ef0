using Npgsql;
using Postroom.Storage.Records;
using Postroom.Storage.Records.Shapes;

namespace Postroom.Postgres.Records;

/// <summary>
/// Fills what is new in a table with records. Whoever writes meanwhile writes the new columns already, so a row that
/// was changed since it was read is left alone.
/// </summary>
internal sealed class RecordFilling(Database database, RecordShapes shapes)
{
    private const int SliceRows = 500;

    public async Task RunAsync(RecordTable table, CancellationToken cancel)
    {
        var steps = new RecordSteps(database, shapes);
        var shape = shapes.Of(table);
        List<int> columns = [.. Enumerable.Range(0, shape.Columns.Count).Where(i => !shape.Columns[i].IsFilled)];
        if (columns.Count > 0)
        {
            var after = Guid.Empty;
            while (await FillAsync(shape, columns, after, cancel) is { } last)
            {
                after = last;
            }

            await steps.ChangeAsync(
                shape,
                [
                    .. columns.Select(
                        i => RecordCatalogue.Put(database, shape, shape.Columns[i] with { IsFilled = true })),
                ],
                cancel);
        }

        foreach (var sum in new RecordExtension(shapes.Of(table), table).Sums)
        {
            await AddAsync(shapes.Of(table), sum, steps, cancel);
        }
    }

    /// <summary>Fills the next rows, and gives the last of them; null when there were none.</summary>
    private async Task<Guid?> FillAsync(RecordShape shape, List<int> columns, Guid after, CancellationToken cancel)
    {
        var rows = new List<(Guid Id, long Version, RecordValue[] Values)>();
        await using (var read = database.Source.CreateCommand(database.Sql(
            $"""
            SELECT id, version, document FROM postroom."{shape.Name}" WHERE id > $1 ORDER BY id LIMIT {SliceRows}
            """)))
        {
            read.Parameters.Add(Parameters.Uuid(after));
            await using var reader = await read.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                rows.Add((reader.GetGuid(0), reader.GetInt64(1), shape.Read(reader.GetFieldValue<byte[]>(2))));
            }
        }

        if (rows.Count == 0)
        {
            return null;
        }

        var names = columns.ConvertAll(i => $"\"{shape.Columns[i].Name}\"");
        var places = RecordFields.Places(names.Count + 2);
        await database.ExecuteAsync(
            $"""
            UPDATE postroom."{shape.Name}" r SET {string.Join(", ", names.Select(name => $"{name} = n.{name}"))}
            FROM unnest({places}) AS n (id, version, {string.Join(", ", names)})
            WHERE r.id = n.id AND r.version = n.version
            """,
            cancel,
            [
                Parameters.Uuids([.. rows.Select(row => row.Id)]),
                Parameters.Longs([.. rows.Select(row => row.Version)]),
                .. columns.Select(i => RecordFields.Array(
                    shape.Columns[i].Type, rows.Select(row => row.Values[i]))),
            ]);
        return rows[^1].Id;
    }

    // Grouped by the database, keyed here: nobody writes to the table until the totals are kept.
    private async Task AddAsync(RecordShape shape, ShapeSum sum, RecordSteps steps, CancellationToken cancel)
    {
        var per = sum.Per.Select(name => $"\"{name}\"").ToList();
        await steps.ChangeAsync(
            shape,
            [
                database.Command(
                    "DELETE FROM postroom.record_sums WHERE record_table = $1 AND rule = $2",
                    Parameters.Int((int)shape.Number), Parameters.Text(RecordCatalogue.RuleOf(sum))),
                RecordCatalogue.Put(database, shape, sum),
            ],
            cancel,
            async connection =>
            {
                var weight = sum.Weight is { } column ? $"greatest(coalesce(\"{column}\", 0), 0)" : "1";
                var totals = new List<(byte[] Key, decimal Taken)>();
                await using (var read = new NpgsqlCommand(
                    database.Sql(
                        $"SELECT sum({weight})::numeric{string.Concat(per.Select(name => ", " + name))} "
                        + $"FROM postroom.\"{shape.Name}\" WHERE held_until IS NULL "
                        + (per.Count == 0 ? "HAVING count(*) > 0" : $"GROUP BY {string.Join(", ", per)}")),
                    connection) { CommandTimeout = 0 })
                {
                    var columns = sum.Per.Select(name => shape.Columns[shape.Position(name)]).ToList();
                    await using var reader = await read.ExecuteReaderAsync(cancel);
                    while (await reader.ReadAsync(cancel))
                    {
                        totals.Add((RecordKey.Of(RecordFields.Values(reader, 1, columns)), reader.GetDecimal(0)));
                    }
                }

                foreach (var slice in totals.Chunk(10_000))
                {
                    await using var insert = new NpgsqlCommand(
                        database.Sql(
                            "INSERT INTO postroom.record_sums SELECT $1, $2, * FROM unnest($3, $4) AS n (key, taken)"),
                        connection) { CommandTimeout = 0 };
                    insert.Parameters.Add(Parameters.Int((int)shape.Number));
                    insert.Parameters.Add(Parameters.Text(RecordCatalogue.RuleOf(sum)));
                    insert.Parameters.Add(Parameters.Byteas([.. slice.Select(total => total.Key)]));
                    insert.Parameters.Add(Parameters.Decimals([.. slice.Select(total => total.Taken)]));
                    await insert.ExecuteNonQueryAsync(cancel);
                }
            });
    }
}
