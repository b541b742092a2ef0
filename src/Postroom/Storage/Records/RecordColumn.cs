namespace Postroom.Storage.Records;

/// <summary>A plain, typed column, filled from the document of each record.</summary>
/// <param name="Name">
/// Its name in the database: letters, digits and underscores, never one of the table's own such as <c>id</c>.
/// </param>
/// <param name="Path">Where the value stands in the document: the names of members from the outermost inwards.</param>
/// <param name="Type">What it holds; a value of another type leaves it empty.</param>
public sealed record RecordColumn(string Name, IReadOnlyList<string> Path, RecordType Type)
{
    /// <summary>A text's letters A to Z stand as a to z, so that the two are one value.</summary>
    public bool IgnoresCase { get; init; }
}
