namespace Postroom.JsonSchema.Formats;

/// <summary>RFC 5893 section 2: labels of a name in which something runs from right to left.</summary>
internal static class BidirectionalText
{
    private enum Direction
    {
        Left,
        Right,
        ArabicNumber,
        EuropeanNumber,
        Mark,
        Neutral,
    }

    /// <summary>A letter that runs from right to left, or an Arabic number.</summary>
    public static bool IsRightToLeft(int point) => DirectionOf(point) is Direction.Right or Direction.ArabicNumber;

    public static bool IsLabel(ReadOnlySpan<int> label)
    {
        Direction first = DirectionOf(label[0]), last = first;
        bool european = false, arabic = false;
        foreach (int point in label)
        {
            Direction direction = DirectionOf(point);
            european |= direction == Direction.EuropeanNumber;
            arabic |= direction == Direction.ArabicNumber;
            bool isForeign = first == Direction.Right
                ? direction == Direction.Left
                : direction is Direction.Right or Direction.ArabicNumber;
            if (isForeign)
            {
                return false;
            }

            last = direction == Direction.Mark ? last : direction;
        }

        return first switch
        {
            Direction.Right => last != Direction.Neutral && !(european && arabic),
            Direction.Left => last is Direction.Left or Direction.EuropeanNumber,
            _ => false,
        };
    }

    private static Direction DirectionOf(int point) => point switch
    {
        >= '0' and <= '9' or >= 0x6F0 and <= 0x6F9 => Direction.EuropeanNumber,
        >= 0x660 and <= 0x669 or 0x66B or 0x66C or 0x6DD => Direction.ArabicNumber,
        '-' or 0xB7 or 0x30FB or 0x375 or 0x200C or 0x200D => Direction.Neutral,
        _ when IdentifierCharacters.IsMark(point) => Direction.Mark,
        >= 0x590 and <= 0x8FF or >= 0xFB1D and <= 0xFDFF or >= 0xFE70 and <= 0xFEFF or >= 0x10800 and <= 0x10FFF
            or >= 0x1E800 and <= 0x1EFFF => Direction.Right,
        _ => Direction.Left,
    };
}
