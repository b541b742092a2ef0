using System.Buffers;
using System.Globalization;

namespace Postroom.Validation;

/// <summary>
/// Text as the rules of content compare it: upper case, full-width letters as plain ones, each run of white space one
/// space, and nothing that is not seen. It never grows.
/// </summary>
internal static class FoldedText
{
    private const char FullWidthFirst = '\uFF01';
    private const char FullWidthLast = '\uFF5E';
    private const int FullWidthOffset = FullWidthFirst - '!';

    // In them a character of another width or case is no other word; what is not seen only hides one.
    private static readonly SearchValues<char> s_variation = SearchValues.Create(
        [.. Enumerable.Range(0xFE00, 16).Select(code => (char)code)]);

    /// <summary>Folds in place and gives the new length.</summary>
    public static int Fold(Span<char> text)
    {
        var length = 0;
        foreach (var character in text)
        {
            if (char.IsWhiteSpace(character))
            {
                if (length > 0 && text[length - 1] != ' ')
                {
                    text[length++] = ' ';
                }
            }
            else if (!IsUnseen(character))
            {
                text[length++] = character is >= FullWidthFirst and <= FullWidthLast
                    ? char.ToUpperInvariant((char)(character - FullWidthOffset))
                    : char.ToUpperInvariant(character);
            }
        }

        return length;
    }

    public static string Fold(string text)
    {
        var folded = text.ToCharArray();
        return new string(folded, 0, Fold(folded));
    }

    private static bool IsUnseen(char character) =>
        character >= '\u00AD'
        && (char.GetUnicodeCategory(character) == UnicodeCategory.Format || s_variation.Contains(character));
}
