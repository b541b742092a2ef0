using Npgsql;
using Postroom.Storage;
using Postroom.Storage.Records;
using Postroom.Storage.Records.Shapes;

namespace Postroom.Postgres.Records;

/// <summary>One table within a batch: what the batch touches, what was there, and how it is asked for.</summary>
internal sealed class RecordPart(RecordShapes shapes, RecordShape shape, RecordTouch touch)
{
    /// <summary>What stood in the columns of the records that were read.</summary>
    private readonly Dictionary<EntryId, RecordValue[]> _values = [];

    private readonly Dictionary<EntryId, Record> _records = [];

    public RecordShape Shape { get; } = shape;

    public RecordTouch Touch { get; } = touch;

    /// <summary>The table as this node declares it.</summary>
    public RecordTable Declared { get; } = shapes.Declared(shape);

    /// <summary>The records that were read.</summary>
    public IReadOnlyDictionary<EntryId, Record> Records => _records;

    /// <summary>Its name in statements.</summary>
    public string Name => $"postroom.\"{Shape.Name}\"";

    /// <summary>The columns of a record without its document, of the row <c>r</c>.</summary>
    public string Columns => string.Concat(
        "r.id, r.version, r.held_until", string.Concat(Shape.Columns.Select(column => $", r.\"{column.Name}\"")));

    /// <summary>The table as it is, as a unit sees it.</summary>
    public ShapeView View(RecordTable table) => shapes.View(Shape, table);

    /// <summary>What stood in the columns of a record that was read.</summary>
    public RecordValue[] Before(EntryId id) => _values[id];

    /// <summary>What is to stand in the columns for a record as the state holds it.</summary>
    public RecordValue[] After(Record record) => View(Declared).Values(record);

    /// <summary>Takes in a row that begins with <see cref="Columns"/>.</summary>
    public void Read(NpgsqlDataReader row, int first = 0)
    {
        var id = Uuids.Entry(row.GetGuid(first));
        if (_records.ContainsKey(id))
        {
            return;
        }

        var values = RecordFields.Values(row, first + 3, Shape.Columns);
        _values.Add(id, values);
        _records.Add(id, new Record
        {
            Id = id,
            Version = row.GetInt64(first + 1),
            HeldUntil = row.IsDBNull(first + 2) ? null : row.GetInt64(first + 2),
            CreatedAt = 0,
            UpdatedAt = 0,
            Document = default,
            Values = View(Declared).Declared(values),
        });
    }

    /// <summary>The column of that name in the database.</summary>
    public ShapeColumn Column(string name) => Shape.Columns[Shape.Position(name)];

    /// <summary>The keys of totals and of ranges that records with these values belong to.</summary>
    public IEnumerable<(string Rule, byte[] Key)> Keys(RecordValue[] values)
    {
        foreach (var sum in Shape.Sums)
        {
            yield return (RecordCatalogue.RuleOf(sum), KeyOf(sum, values));
        }

        foreach (var rule in Declared.Overlaps)
        {
            if (View(Declared).Names(rule.Per) is { } per)
            {
                yield return (RuleOf(per), RecordKey.Of([.. per.Select(name => values[Shape.Position(name)])]));
            }
        }
    }

    /// <summary>What the row to lock is known by, for ranges of the same key.</summary>
    public static string RuleOf(IEnumerable<string> per) => $"ranges {string.Join(' ', per)}";

    public static byte[] KeyOf(ShapeSum sum, RecordValue[] values) =>
        RecordKey.Of([.. sum.PerPositions.Select(position => values[position])]);
}
