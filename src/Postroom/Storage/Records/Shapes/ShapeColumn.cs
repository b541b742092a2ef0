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
    /// <summary>What is added to the number of a type whose texts stand with small letters. It is stored.</summary>
    private const int Folded = 100;

    /// <summary>Its texts' letters A to Z stand as a to z.</summary>
    public bool IgnoresCase { get; init; }

    /// <summary>The number of its type in the catalogue; one of its own where its letters are folded.</summary>
    public int TypeCode => (int)Type + (IgnoresCase ? Folded : 0);

    /// <summary>True when all rows have it; those written since it was made have it always.</summary>
    public bool IsFilled { get; init; }

    /// <summary>False when nothing declares it any more: it is not written and holds what it held.</summary>
    public bool IsLive { get; init; } = true;

    /// <summary>True for the column of such a value, whatever its name.</summary>
    public bool Holds(RecordColumn column) =>
        From is null && Type == column.Type && IgnoresCase == column.IgnoresCase
        && Path.SequenceEqual(column.Path, StringComparer.Ordinal);

    /// <summary>A column as the catalogue has it.</summary>
    public static ShapeColumn Of(string name, IReadOnlyList<string> path, int typeCode, string? from, string? to) =>
        new(name, path, (RecordType)(typeCode % Folded), from, to) { IgnoresCase = typeCode >= Folded };
}
