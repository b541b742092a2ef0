namespace Postroom.JsonSchema.Formats;

/// <summary>RFC 3339 appendix A, <c>duration</c>: units in order and without a gap between them, or weeks alone.
/// </summary>
internal static class DurationText
{
    public static bool IsDuration(ReadOnlySpan<byte> text)
    {
        if (text.Length < 3 || text[0] != (byte)'P')
        {
            return false;
        }

        text = text[1..];
        if (text[^1] == (byte)'W')
        {
            return text.Length > 1 && !text[..^1].ContainsAnyExceptInRange((byte)'0', (byte)'9');
        }

        int time = text.IndexOf((byte)'T');
        ReadOnlySpan<byte> date = time < 0 ? text : text[..time];
        return (date.IsEmpty || HasUnits(date, "YMD"u8))
            && (time < 0 || HasUnits(text[(time + 1)..], "HMS"u8));
    }

    /// <summary>One number before each unit; once begun, the units follow each other.</summary>
    private static bool HasUnits(ReadOnlySpan<byte> text, ReadOnlySpan<byte> units)
    {
        int expected = -1;
        while (!text.IsEmpty)
        {
            int digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            int unit = digits < 1 ? -1 : units.IndexOf(text[digits]);
            if (unit < 0 || (expected >= 0 && unit != expected))
            {
                return false;
            }

            expected = unit + 1;
            text = text[(digits + 1)..];
        }

        return expected >= 0;
    }
}
