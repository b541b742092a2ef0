namespace Postroom.Storage.Copying;

/// <summary>
/// A table as all engines understand it: how each keeps it is theirs, but its rows are the same, value by value, in
/// the same order.
/// </summary>
/// <param name="Name">What people are told it is.</param>
/// <param name="Keys">
/// How many of the first columns tell its rows apart; rows are in their order, byte by byte.
/// </param>
/// <param name="Columns">Its columns.</param>
internal sealed record CopyTable(string Name, int Keys, params IReadOnlyList<CopyColumn> Columns)
{
    /// <summary>The columns that tell rows apart.</summary>
    public IEnumerable<CopyColumn> KeyColumns => Columns.Take(Keys);
}
