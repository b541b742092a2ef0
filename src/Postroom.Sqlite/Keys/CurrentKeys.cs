using Postroom.Storage;

namespace Postroom.Sqlite.Keys;

/// <summary>The generation that the writer adds to, with the bounds of what it took in.</summary>
internal sealed class CurrentKeys
{
    public KeyTable Table { get; } = new();

    public long FirstRow { get; private set; } = long.MaxValue;

    public long LastRow { get; private set; }

    public long NewestExpiry { get; private set; }

    /// <summary>
    /// Takes a key in and gives the row that it stood for here, or 0. A rollback leaves the bounds wider: no harm.
    /// </summary>
    public long Set(KeyHash key, long row, long expiresAt)
    {
        FirstRow = Math.Min(FirstRow, row);
        LastRow = Math.Max(LastRow, row);
        NewestExpiry = Math.Max(NewestExpiry, expiresAt);
        return Table.Set(key, row);
    }

    /// <summary>What it is called when it is full.</summary>
    public GenerationFacts Facts(long number) =>
        new(number, Math.Min(FirstRow, LastRow), LastRow, Table.Count, NewestExpiry);
}
