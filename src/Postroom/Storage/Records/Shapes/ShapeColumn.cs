namespace Postroom.Storage.Records.Shapes;

/// <summary>A column as the database has it.</summary>
/// <param name="Name">Its name there: it keeps it while its path and type are declared, under whatever name.</param>
/// <param name="Path">Where its value stands in the document; empty for the order of a range's length.</param>
/// <param name="Type">What it holds.</param>
/// <param name="From">For the order of a length: the name of the column with the start; null for others.</param>
/// <param name="To">For the order of a length: the name of the column with the end.</param>
internal sealed record ShapeColumn(
    string Name, IReadOnlyList<string> Path, RecordType Type, string? From = null, string? To = null)
{
    /// <summary>True when all rows have it; those written since it was made have it always.</summary>
    public bool IsFilled { get; init; }

    /// <summary>False when nothing declares it any more: it is not written and holds what it held.</summary>
    public bool IsLive { get; init; } = true;

    /// <summary>True for the column of such a value, whatever its name.</summary>
    public bool Holds(RecordColumn column) =>
        From is null && Type == column.Type && Path.SequenceEqual(column.Path, StringComparer.Ordinal);
}
