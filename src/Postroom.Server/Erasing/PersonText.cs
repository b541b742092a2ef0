using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Postroom.Server.Erasing;

/// <summary>Looks for a person where no field is declared: in control fields and in refused bodies.</summary>
internal static partial class PersonText
{
    /// <summary>A shorter value stands in too many bodies that are nobody's.</summary>
    private const int LengthMin = 6;

    /// <summary>Whether a control field holds the value, alone or among others between commas and semicolons.</summary>
    public static bool IsInControl(ReadOnlyMemory<byte> control, string value)
    {
        using var json = JsonDocument.Parse(control);
        return json.RootElement.EnumerateObject()
            .Where(field => field.Value.ValueKind == JsonValueKind.String)
            .SelectMany(field => field.Value.GetString()!.Split(',', ';').Prepend(field.Value.GetString()!))
            .Any(text => PersonFields.Normal(text) == value);
    }

    /// <summary>
    /// Whether the body, as it came or decoded, holds the value as a word of its own. What was refused may be in no
    /// form that can be read, so it is looked at as text.
    /// </summary>
    public static bool IsInBody(ReadOnlyMemory<byte> body, string type, string value)
    {
        if (value.Length < LengthMin)
        {
            return false;
        }

        var text = Encoding.UTF8.GetString(body.Span);
        return IsIn(text, value)
            || (type.Contains("urlencoded", StringComparison.OrdinalIgnoreCase)
                && IsIn(Uri.UnescapeDataString(text.Replace('+', ' ')), value))
            || (text.Contains('\\', StringComparison.Ordinal) && IsIn(Unescaped(text), value));
    }

    private static bool IsIn(string text, string value)
    {
        var lower = PersonFields.Normal(text);
        for (var at = 0; (at = lower.IndexOf(value, at, StringComparison.Ordinal)) >= 0; at++)
        {
            var end = at + value.Length;
            if ((at == 0 || !IsPart(lower, at - 1, -1)) && (end == lower.Length || !IsPart(lower, end, 1)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when the character goes on the word; a full stop does when a letter or digit follows it.</summary>
    private static bool IsPart(string text, int at, int step) => text[at] switch
    {
        '.' => at + step >= 0 && at + step < text.Length && char.IsLetterOrDigit(text[at + step]),
        '_' or '-' or '@' or '%' or '+' => true,
        var other => char.IsLetterOrDigit(other),
    };

    /// <summary>The escapes of JSON that stand for what an address may hold (RFC 8259 §7).</summary>
    private static string Unescaped(string text) => Escape().Replace(text, match => match.Groups[1].Success
        ? ((char)int.Parse(match.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()
        : match.Value[1..]);

    [GeneratedRegex("""\\(?:u([0-9A-Fa-f]{4})|["\\/])""")]
    private static partial Regex Escape();
}
