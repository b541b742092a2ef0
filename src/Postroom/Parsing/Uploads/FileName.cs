using System.Buffers.Text;
using System.Text;

namespace Postroom.Parsing.Uploads;

/// <summary>
/// Makes a name for people of what a client calls its file: never empty, never a path, nothing in it that changes how
/// the text around it reads.
/// </summary>
internal static class FileName
{
    /// <summary>UTF-16 units of a name; a longer one is cut before its extension.</summary>
    public const int LengthMax = 200;

    private const int ExtensionMax = 20;
    private const string Nameless = "file";

    /// <param name="raw">UTF-8 as it stands in the header.</param>
    public static string Clean(ReadOnlySpan<byte> raw)
    {
        byte[] decoded = new byte[raw.Length];
        int length = PartHeaders.DecodeName(raw, decoded);
        string name = Encoding.UTF8.GetString(decoded, 0, length);
        name = Visible(LastPart(DecodeWord(name) ?? name)).Trim();

        // A trailing dot or space is dropped by some systems, and "." and ".." are folders on all.
        name = name.TrimEnd('.', ' ');
        return name.Length == 0 ? Nameless : Cut(name);
    }

    /// <summary>The extension in lower case with its dot; empty when there is none.</summary>
    public static string ExtensionOf(string name)
    {
        int dot = name.LastIndexOf('.');
        return dot < 0 || dot == name.Length - 1 ? "" : name[dot..].ToLowerInvariant();
    }

    /// <summary>
    /// Decodes an encoded word (RFC 2047 §2). RFC 7578 §4.2 has none, but a client of .NET sends every name beyond
    /// ASCII so.
    /// </summary>
    private static string? DecodeWord(string name)
    {
        const string begin = "=?utf-8?B?";
        if (!name.StartsWith(begin, StringComparison.OrdinalIgnoreCase)
            || !name.EndsWith("?=", StringComparison.Ordinal)
            || name.Length < begin.Length + 2)
        {
            return null;
        }

        byte[] text = Encoding.ASCII.GetBytes(name[begin.Length..^2]);
        return Base64.DecodeFromUtf8InPlace(text, out int length) == System.Buffers.OperationStatus.Done
            ? Encoding.UTF8.GetString(text, 0, length)
            : null;
    }

    private static string LastPart(string name) => name[(name.LastIndexOfAny(['/', '\\']) + 1)..];

    /// <summary>Without control characters and those that turn the direction of a text (UAX #9).</summary>
    private static string Visible(string name)
    {
        StringBuilder visible = new(name.Length);
        foreach (char letter in name)
        {
            bool isHidden = char.IsControl(letter) || letter is '\u061C' or '\u200E' or '\u200F' or '\uFEFF'
                or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
            if (!isHidden)
            {
                visible.Append(letter);
            }
        }

        return visible.ToString();
    }

    private static string Cut(string name)
    {
        if (name.Length <= LengthMax)
        {
            return name;
        }

        int dot = name.LastIndexOf('.');
        string extension = dot > 0 && name.Length - dot <= ExtensionMax ? name[dot..] : "";
        int kept = LengthMax - extension.Length;
        return name[..(char.IsHighSurrogate(name[kept - 1]) ? kept - 1 : kept)] + extension;
    }
}
