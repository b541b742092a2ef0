using System.Buffers;

namespace Postroom.Expressions.Evaluation;

/// <summary>Finds a text in another in time linear in both, whatever they hold.</summary>
internal static class TextSearch
{
    /// <summary>The framework's search compares up to the whole part at each place, which is fast while it is short.
    /// </summary>
    private const int ShortMax = 32;

    public static bool Contains(ReadOnlySpan<byte> text, ReadOnlySpan<byte> part)
    {
        if (part.Length <= ShortMax || part.Length > text.Length)
        {
            return text.IndexOf(part) >= 0;
        }

        var borders = ArrayPool<int>.Shared.Rent(part.Length);
        try
        {
            FindBorders(part, borders);
            return Search(text, part, borders);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(borders);
        }
    }

    /// <summary>For each beginning of the part: how much of the part's own beginning it ends in (Knuth, Morris, Pratt).
    /// </summary>
    private static void FindBorders(ReadOnlySpan<byte> part, int[] borders)
    {
        borders[0] = 0;
        var length = 0;
        for (var index = 1; index < part.Length; index++)
        {
            while (length > 0 && part[index] != part[length])
            {
                length = borders[length - 1];
            }

            length += part[index] == part[length] ? 1 : 0;
            borders[index] = length;
        }
    }

    private static bool Search(ReadOnlySpan<byte> text, ReadOnlySpan<byte> part, int[] borders)
    {
        var matched = 0;
        foreach (var unit in text)
        {
            while (matched > 0 && unit != part[matched])
            {
                matched = borders[matched - 1];
            }

            matched += unit == part[matched] ? 1 : 0;
            if (matched == part.Length)
            {
                return true;
            }
        }

        return false;
    }
}
