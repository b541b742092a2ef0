using System.Text;

namespace Postroom.Expressions.Sql;

/// <summary>Ranges of texts by code point.</summary>
internal static class TextRange
{
    /// <summary>The first text behind all that begin with the prefix; null when there is none.</summary>
    public static string? Behind(string prefix)
    {
        Rune[] runes = [.. prefix.EnumerateRunes()];
        for (var index = runes.Length - 1; index >= 0; index--)
        {
            var next = runes[index].Value + 1;
            next = next == 0xD800 ? 0xE000 : next;
            if (Rune.IsValid(next))
            {
                return string.Concat(runes[..index].Append(new Rune(next)));
            }
        }

        return null;
    }
}
