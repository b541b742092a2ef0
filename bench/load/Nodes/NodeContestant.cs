namespace Postroom.Load.Nodes;

/// <summary>So many processes of one server over one store.</summary>
internal sealed record NodeContestant
{
    public required string Id { get; init; }

    public required string Label { get; init; }

    public int Nodes { get; init; } = 1;

    /// <summary>
    /// The command for a port, a data folder and the address of a database, relative to the root of the repository.
    /// </summary>
    public required Func<int, string, DatabaseServer, string, string[]> Command { get; init; }

    /// <summary>
    /// Yields, for each stored entry, the number that its document carries; the query is for PostgreSQL. Null: its store
    /// is a file of SQLite.
    /// </summary>
    public string? NumbersQuery { get; init; }
}
