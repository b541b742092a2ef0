namespace Postroom.Parsing;

/// <summary>
/// A field's name as a path: <c>a[b][0][]</c> is a, then b, then position 0, then "append". A name whose brackets do
/// not balance, nest, or close before its end is one plain name, as is one that begins with a bracket.
/// </summary>
internal ref struct FieldPath
{
    private ReadOnlySpan<byte> _rest;
    private int _position;

    public FieldPath(ReadOnlySpan<byte> name)
    {
        int open = name.IndexOf((byte)'[');
        Depth = open > 0 ? 1 + CountGroups(name, open) : 1;
        int baseLength = Depth == 1 ? name.Length : open;
        Segment = name[..baseLength];
        SegmentStart = 0;
        _position = baseLength;
        _rest = name[baseLength..];
    }

    /// <summary>How many segments the path has; 1 for a plain name.</summary>
    public int Depth { get; }

    /// <summary>The segment on which the path stands; at first its base.</summary>
    public ReadOnlySpan<byte> Segment { get; private set; }

    /// <summary>Where the segment starts in the name.</summary>
    public int SegmentStart { get; private set; }

    public readonly bool IsLast => _rest.IsEmpty;

    /// <summary>Goes to the next segment; false when the path ends here.</summary>
    public bool Next()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        int close = _rest.IndexOf((byte)']');
        Segment = _rest[1..close];
        SegmentStart = _position + 1;
        _position += close + 1;
        _rest = _rest[(close + 1)..];
        return true;
    }

    /// <summary>
    /// Reads a segment as a position: digits without a leading zero. Positions beyond int count as the largest.
    /// </summary>
    public static bool TryReadPosition(ReadOnlySpan<byte> segment, out int position)
    {
        position = 0;
        if (segment.IsEmpty || !char.IsAsciiDigit((char)segment[0])
            || segment.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            || (segment[0] == '0' && segment.Length > 1))
        {
            return false;
        }

        position = segment.Length > 9 ? int.MaxValue : int.Parse(segment, provider: null);
        return true;
    }

    /// <summary>The number of bracket groups from here to the end; 0 when that is not what follows.</summary>
    private static int CountGroups(ReadOnlySpan<byte> name, int open)
    {
        if (name[..open].Contains((byte)']'))
        {
            return 0;
        }

        int count = 0;
        ReadOnlySpan<byte> rest = name[open..];
        while (!rest.IsEmpty)
        {
            int bracket = rest[0] == '[' ? rest[1..].IndexOfAny((byte)'[', (byte)']') : -1;
            if (bracket < 0 || rest[bracket + 1] != ']')
            {
                return 0;
            }

            rest = rest[(bracket + 2)..];
            count++;
        }

        return count;
    }
}
