namespace Postroom.Storage.Records;

/// <summary>The records of one resource, as every store keeps them.</summary>
public sealed record RecordTable
{
    private ColumnPlaces? _places;

    /// <summary>The path of the resource as declared, such as <c>/api/users</c>: what the table is known by.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Its name in the database, unique: letters, digits and underscores, at most 48.</summary>
    public required string Name { get; init; }

    /// <summary>Its columns beside those that every table has; at most 100.</summary>
    public IReadOnlyList<RecordColumn> Columns { get; init; } = [];

    /// <summary>Its indexes, unique ones among them; at most 32.</summary>
    public IReadOnlyList<RecordIndex> Indexes { get; init; } = [];

    /// <summary>Its capacities.</summary>
    public IReadOnlyList<CapacityRule> Capacities { get; init; } = [];

    /// <summary>Its rules about overlapping ranges.</summary>
    public IReadOnlyList<OverlapRule> Overlaps { get; init; } = [];

    /// <summary>The names of the text columns that full-text search looks into; empty for none.</summary>
    public IReadOnlyList<string> Search { get; init; } = [];

    /// <summary>Whether its changes are kept in order, to be followed.</summary>
    public bool HasChanges { get; init; }

    // A copy made with other columns comes with the places of the first.
    private ColumnPlaces Places => _places is { } places && ReferenceEquals(places.Columns, Columns)
        ? places
        : _places = new ColumnPlaces(Columns);

    /// <summary>Where a column stands in <see cref="Columns"/> and in the values of a record.</summary>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    public int Position(string column) => Places.Positions[column];

    /// <summary>What stands in the columns for this document, in their order.</summary>
    /// <param name="document">UTF-8 JSON, an object without repeated names.</param>
    public RecordValue[] Read(ReadOnlySpan<byte> document) => Places.Paths.Read(document);

    /// <summary>The values of those columns, in that order.</summary>
    public RecordValue[] Pick(IReadOnlyList<RecordValue> values, IReadOnlyList<string> columns)
    {
        var picked = new RecordValue[columns.Count];
        for (var i = 0; i < picked.Length; i++)
        {
            picked[i] = values[Position(columns[i])];
        }

        return picked;
    }
}
