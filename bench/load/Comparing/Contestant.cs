namespace Postroom.Load.Comparing;

/// <summary>One server under test: how it is started, and how its store is read once it has been killed.</summary>
internal sealed record Contestant
{
    public required string Id { get; init; }

    public required string Label { get; init; }

    /// <summary>The command for a port and a data folder, relative to the root of the repository.</summary>
    public required Func<int, string, string[]> Command { get; init; }

    /// <summary>Null: it stores nothing, so there is nothing to verify.</summary>
    public string? CountQuery { get; init; }

    /// <summary>Yields each stored key as its UUID text; null where the store keeps keys in another form.</summary>
    public string? KeysQuery { get; init; }

    /// <summary>Part of the name of the thread that writes, where it has one of its own.</summary>
    public string? WriterThread { get; init; }
}
