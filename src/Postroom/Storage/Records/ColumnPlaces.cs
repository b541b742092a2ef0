namespace Postroom.Storage.Records;

/// <summary>Where the columns of a table stand, and how they are read from documents.</summary>
internal sealed class ColumnPlaces(IReadOnlyList<RecordColumn> columns)
{
    /// <summary>The columns that it was made of.</summary>
    public IReadOnlyList<RecordColumn> Columns { get; } = columns;

    public Dictionary<string, int> Positions { get; } = columns
        .Select((column, index) => (column.Name, index))
        .ToDictionary(pair => pair.Name, pair => pair.index, StringComparer.Ordinal);

    public RecordPaths Paths { get; } = new(columns);
}
