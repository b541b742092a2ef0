namespace Postroom.Storage.Records.Shapes;

/// <summary>What a declaration needs that a table does not have yet.</summary>
internal sealed class RecordExtension
{
    private readonly RecordShape _shape;
    private readonly RecordTable _table;
    private readonly List<ShapeColumn> _live;
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase)
    {
        "row", "id", "version", "owner", "created_at", "updated_at", "held_until", "document",
    };

    public RecordExtension(RecordShape shape, RecordTable table)
    {
        _shape = shape;
        _table = table;
        _live = [.. shape.Columns];
        _names.UnionWith(shape.Columns.Concat(shape.Retired).Select(column => column.Name));
        foreach (var column in table.Columns)
        {
            if (_live.All(known => !known.Holds(column)))
            {
                Add(shape.Retired.FirstOrDefault(known => known.Holds(column)),
                    new ShapeColumn(column.Name, column.Path, column.Type) { IgnoresCase = column.IgnoresCase });
            }
        }

        foreach (var rule in table.Overlaps)
        {
            AddLength(Name(rule.From), Name(rule.To));
        }

        foreach (var rule in table.Capacities)
        {
            AddSum([.. rule.Per.Select(Name)], rule.Weight is { } weight ? Name(weight) : null);
        }
    }

    /// <summary>Columns to be made.</summary>
    public List<ShapeColumn> Columns { get; } = [];

    /// <summary>Columns that are there and are to be written again.</summary>
    public List<ShapeColumn> Revived { get; } = [];

    /// <summary>Totals to be made.</summary>
    public List<ShapeSum> Sums { get; } = [];

    public bool IsEmpty => Columns.Count == 0 && Revived.Count == 0 && Sums.Count == 0;

    private string Name(string column) =>
        _live.First(known => known.Holds(_table.Columns[_table.Position(column)])).Name;

    private void AddLength(string from, string to)
    {
        if (_live.All(known => known.From != from || known.To != to))
        {
            var retired = _shape.Retired.FirstOrDefault(known => known.From == from && known.To == to);
            Add(retired, new ShapeColumn($"{from}_{to}_length", [], RecordType.Integer, from, to));
        }
    }

    private void Add(ShapeColumn? retired, ShapeColumn added)
    {
        if (retired is not null)
        {
            Revived.Add(retired with { IsLive = true, IsFilled = false });
            _live.Add(Revived[^1]);
            return;
        }

        var free = added.Name;
        for (var number = 2; !_names.Add(free); number++)
        {
            free = FormattableString.Invariant($"{added.Name}_{number}");
        }

        Columns.Add(added with { Name = free });
        _live.Add(Columns[^1]);
    }

    private void AddSum(List<string> per, string? weight)
    {
        if (_shape.Sums.Concat(Sums).All(known =>
            known.Weight != weight || !known.Per.SequenceEqual(per, StringComparer.Ordinal)))
        {
            var last = _shape.Sums.Concat(Sums).Select(known => known.Number).DefaultIfEmpty(0).Max();
            Sums.Add(new ShapeSum(last + 1, per, weight, IsFilled: false));
        }
    }
}
