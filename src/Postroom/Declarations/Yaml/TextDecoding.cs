using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Postroom.Declarations.Yaml;

/// <summary>The bytes of a file as text: UTF-8 without control characters (YAML 1.2.2 §5.1, §5.2).</summary>
internal static class TextDecoding
{
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(
        [.. Enumerable.Range(0, 0xA0).Select(code => (char)code).Where(IsForbidden), '\uFFFE', '\uFFFF', '\uFEFF']);

    /// <summary>The text, or the fault that stands against it.</summary>
    public static string? Decode(ReadOnlySpan<byte> bytes, out TextFault? fault)
    {
        fault = null;
        if (IsUtf16(bytes))
        {
            fault = new(new(1, 1), "The file is UTF-16. Save it as UTF-8.");
            return null;
        }

        if (bytes.StartsWith(Encoding.UTF8.Preamble))
        {
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        }

        var text = Encoding.UTF8.GetString(bytes);
        if (!Utf8.IsValid(bytes))
        {
            var place = PlaceOf(text, text.IndexOf('\uFFFD'));
            fault = new(place, "The file is not UTF-8 here. Save it as UTF-8.");
            return null;
        }

        var forbidden = text.AsSpan().IndexOfAny(Forbidden);
        if (forbidden < 0)
        {
            return text;
        }

        fault = new(PlaceOf(text, forbidden), $"The control character U+{(int)text[forbidden]:X4} may not stand here.");
        return null;
    }

    /// <summary>What escapes in double quotes can make, and no text may hold.</summary>
    public static bool HasNulOrLoneSurrogate(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '\0' || char.IsLowSurrogate(text[index]))
            {
                return true;
            }

            if (char.IsHighSurrogate(text[index])
                && (++index == text.Length || !char.IsLowSurrogate(text[index])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsForbidden(char character) =>
        char.IsControl(character) && character is not ('\t' or '\n' or '\r' or '\u0085');

    private static bool IsUtf16(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(Encoding.Unicode.Preamble) || bytes.StartsWith(Encoding.BigEndianUnicode.Preamble)
        || (bytes.Length >= 2 && (bytes[0] == 0) != (bytes[1] == 0));

    private static SourcePlace PlaceOf(string text, int index)
    {
        var before = text.AsSpan(0, Math.Max(index, 0));
        var lineStart = before.LastIndexOf('\n') + 1;
        return new(before.Count('\n') + 1, before.Length - lineStart + 1);
    }
}
