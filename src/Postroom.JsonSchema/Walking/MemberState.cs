namespace Postroom.JsonSchema.Walking;

/// <summary>How far the walk is in one object.</summary>
internal struct MemberState(int start, int opened)
{
    /// <summary>Where the object begins.</summary>
    public readonly int Start = start;

    /// <summary>What <see cref="NameSet.Open"/> gave.</summary>
    public readonly int Opened = opened;

    /// <summary>The declared names seen, by index, when they fit one word.</summary>
    public ulong Seen;

    /// <summary>The first bit in the scratch when they do not.</summary>
    public int SeenFirst;

    /// <summary>The declared name that would come next in the schema's order.</summary>
    public int Guess;

    public int Count;
}
