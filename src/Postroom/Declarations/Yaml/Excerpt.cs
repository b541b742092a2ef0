using System.Globalization;
using System.Text;

namespace Postroom.Declarations.Yaml;

/// <summary>
/// A piece of a user's text as it may stand in a message: short, on one line, without control characters.
/// </summary>
internal static class Excerpt
{
    private const int LengthMax = 60;

    public static string Of(string text)
    {
        if (text.Length == 0)
        {
            return "\"\"";
        }

        var shown = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown.Length >= LengthMax)
            {
                return shown.Append('…').ToString();
            }

            if (Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                shown.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
            }
            else
            {
                shown.Append(rune);
            }
        }

        return shown.ToString();
    }
}
