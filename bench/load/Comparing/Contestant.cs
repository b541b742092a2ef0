namespace Postroom.Load.Comparing;

/// <summary>One server under test: how it is started, and how its store is read once it has been killed.</summary>
internal sealed record Contestant
{
    public required string Id { get; init; }

    public required string Label { get; init; }

    /// <summary>The command for a port and a data folder, relative to the root of the repository.</summary>
    public required Func<int, string, string[]> Command { get; init; }

    /// <summary>
    /// Yields, for each stored entry, the number that its document carries. Null: it stores nothing to verify.
    /// </summary>
    public string? NumbersQuery { get; init; }

    /// <summary>Part of the name of the thread that writes, where it has one of its own.</summary>
    public string? WriterThread { get; init; }
}
