using System.Text.Json;
using System.Text.RegularExpressions;
using Postroom.Sqlite.Engine;
using Postroom.Storage.Records;
using Postroom.Storage.Records.Shapes;
using SQLitePCL;

namespace Postroom.Sqlite.Records;

/// <summary>The steps by which a table becomes what is declared, each inside the writer's transaction.</summary>
internal static partial class RecordSteps
{
    /// <summary>Makes the table when there is none, and columns and totals that it has not, empty as yet.</summary>
    public static void Extend(RecordTables tables, RecordTable table)
    {
        if (tables.Find(table.Endpoint) is null)
        {
            tables.Reshape(connection =>
            {
                var name = FreeName(connection, table.Name);
                RecordCatalogue.Add(connection, table, name);
                connection.Execute(RecordDefinitions.Table(name));
                connection.Execute(RecordDefinitions.View(name));
            });
        }

        var shape = tables.Of(table).Shape;
        var extension = new RecordExtension(shape, table);
        if (!extension.IsEmpty)
        {
            tables.Reshape(connection => Apply(connection, shape, extension));
        }
    }

    /// <summary>Fills the next rows; false when all have every column and are counted.</summary>
    public static bool Fill(RecordTables tables, RecordTable table, int max)
    {
        var rows = tables.Of(table);
        if (rows.FilledTo is not { } from)
        {
            return false;
        }

        var filled = new RecordFilling(rows).Run(from, max);
        if (filled.Rows == max)
        {
            tables.Mark(rows, filled.Last);
            return true;
        }

        var shape = rows.Shape;
        tables.Reshape(connection =>
        {
            foreach (var column in shape.Columns.Where(column => !column.IsFilled))
            {
                RecordCatalogue.Put(connection, shape.Number, column with { IsFilled = true });
            }

            foreach (var sum in shape.Sums.Where(sum => !sum.IsFilled))
            {
                RecordCatalogue.Put(connection, shape.Number, sum with { IsFilled = true });
            }

            RecordCatalogue.Mark(connection, shape.Number, null);
        });
        Search(tables, table);
        return false;
    }

    /// <summary>The indexes that are declared and not there, the unique ones last.</summary>
    public static IReadOnlyList<ShapeIndex> Missing(RecordTables tables, RecordTable table, SqliteConnection connection)
    {
        var shape = tables.Of(table).Shape;
        var there = Indexes(connection, shape.Name);
        return
        [
            .. RecordDefinitions.Indexes(shape, table)
                .Where(index => !there.Contains(index.Name))
                .OrderBy(index => index.Unique is not null),
        ];
    }

    /// <summary>Makes an index; false when rows contradict it.</summary>
    public static bool Build(RecordTables tables, ShapeIndex index)
    {
        try
        {
            tables.Reshape(connection => connection.Execute(index.Sql));
            return true;
        }
        catch (SqliteException failure) when (failure.PrimaryCode == raw.SQLITE_CONSTRAINT)
        {
            return false;
        }
    }

    /// <summary>
    /// Makes the full-text table when another one is declared; while columns are being filled, that waits for the last.
    /// </summary>
    public static void Search(RecordTables tables, RecordTable table)
    {
        if (tables.Of(table).FilledTo is not null)
        {
            return;
        }

        var shape = tables.Of(table).Shape;
        var columns = table.Search.Select(name => shape.Find(table.Columns[table.Position(name)])!.Name).ToList();
        if (columns.Count > 0 && !columns.SequenceEqual(shape.Search, StringComparer.Ordinal))
        {
            tables.Reshape(connection =>
            {
                connection.Execute($"DROP TABLE IF EXISTS \"{shape.SearchName}\"");
                connection.Execute(RecordDefinitions.Search(shape, columns));
            });
        }
    }

    /// <summary>Ends what is no longer declared.</summary>
    public static void Settle(RecordTables tables, RecordTable table, SqliteConnection connection)
    {
        var shape = tables.Of(table).Shape;
        var unused = new RecordExcess(shape, table);
        var indexes = RecordDefinitions.Indexes(shape, table).Select(index => index.Name).ToHashSet();
        var dropped = Indexes(connection, shape.Name)
            .Where(name => IndexName().IsMatch(name[shape.Name.Length..]) && !indexes.Contains(name))
            .ToList();
        if (unused.IsEmpty && dropped.Count == 0 && IsSame(shape.Declared, table))
        {
            return;
        }

        tables.Reshape(changed =>
        {
            RecordCatalogue.Declare(changed, shape.Number, table);
            Remove(changed, shape, unused);
            if (shape.HasChanges && !table.HasChanges)
            {
                RecordChangeLog.End(changed, shape.Number);
            }

            foreach (var name in dropped)
            {
                changed.Execute($"DROP INDEX \"{name}\"");
            }

            if (table.Search.Count == 0)
            {
                changed.Execute($"DROP TABLE IF EXISTS \"{shape.SearchName}\"");
            }
        });
    }

    /// <summary>The names of the indexes of a table.</summary>
    public static HashSet<string> Indexes(SqliteConnection connection, string table)
    {
        using var rows = connection.Prepare("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = ?1");
        rows.BindText(1, table);
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (rows.Step())
        {
            if (rows.Text(0) is { } name && name.StartsWith(table, StringComparison.Ordinal))
            {
                names.Add(name);
            }
        }

        return names;
    }

    private static bool IsSame(RecordTable one, RecordTable other) =>
        JsonSerializer.Serialize(one, ShapeJson.Default.RecordTable)
        == JsonSerializer.Serialize(other, ShapeJson.Default.RecordTable);

    private static void Remove(SqliteConnection connection, RecordShape shape, RecordExcess unused)
    {
        foreach (var column in unused.Columns)
        {
            RecordCatalogue.Put(connection, shape.Number, column with { IsLive = false, IsFilled = false });
        }

        foreach (var sum in unused.Sums)
        {
            RecordCatalogue.Clear(connection, shape.Number, sum, isGone: true);
        }
    }

    private static void Apply(SqliteConnection connection, RecordShape shape, RecordExtension extension)
    {
        var isEmpty = connection.ScalarNumber($"SELECT 1 FROM \"{shape.Name}\" LIMIT 1") is null;
        foreach (var column in extension.Columns)
        {
            connection.Execute(RecordDefinitions.Column(shape.Name, column));
        }

        foreach (var column in extension.Columns.Concat(extension.Revived))
        {
            RecordCatalogue.Put(connection, shape.Number, column with { IsFilled = isEmpty });
        }

        foreach (var sum in extension.Sums)
        {
            RecordCatalogue.Put(connection, shape.Number, sum with { IsFilled = isEmpty });
        }

        if (isEmpty)
        {
            return;
        }

        // What was being filled begins again together with what is new.
        foreach (var sum in shape.Sums.Where(sum => !sum.IsFilled))
        {
            RecordCatalogue.Clear(connection, shape.Number, sum, isGone: false);
        }

        RecordCatalogue.Mark(connection, shape.Number, 0);
    }

    // The view must find a free name as well.
    private static string FreeName(SqliteConnection connection, string name)
    {
        using var taken = connection.Prepare(
            "SELECT 1 FROM sqlite_master WHERE name COLLATE NOCASE IN (?1, ?2, ?3)");
        for (var number = 1; ; number++)
        {
            var free = RecordDefinitions.Prefix
                + (number == 1 ? name : FormattableString.Invariant($"{name}_{number}"));
            taken.BindText(1, free);
            taken.BindText(2, RecordDefinitions.ViewName(free));
            taken.BindText(3, $"{free}_search");
            var isTaken = taken.Step();
            taken.Reset();
            if (!isTaken)
            {
                return free;
            }
        }
    }

    [GeneratedRegex("^_[0-9a-f]{8}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex IndexName();
}
