namespace Postroom.Parsing.Formats;

/// <summary>A name of elements or attributes, kept once for all that have it.</summary>
internal struct XmlName
{
    /// <summary>Where it stands in the tree's buffer.</summary>
    public int Start;

    public int Length;

    /// <summary>The name that came after it last time: most documents repeat themselves.</summary>
    public int Follower;

    /// <summary>While children are sorted by name: their parent's index and one, and the last of this name.</summary>
    public int SortedFor;

    public int LastSorted;
}
