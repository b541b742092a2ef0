using System.Buffers;
using System.Globalization;
using System.Text;

namespace Postroom.Parsing.Formats;

/// <summary>A place in plain XML, and the small things that can be read there; all else is refused.</summary>
internal ref struct XmlCursor(Span<byte> xml)
{
    private const int ReferenceMax = 10;

    private static readonly SearchValues<byte> s_nameBytes = SearchValues.Create(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_."u8);

    private static readonly SearchValues<byte> s_valueEnds = SearchValues.Create("\"'<&\t\n"u8);

    /// <summary>Control characters, which XML does not have, and the first byte of U+FFFE and U+FFFF.</summary>
    private static readonly SearchValues<byte> s_suspects = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(code => (byte)code).Except("\t\n\r"u8.ToArray()), 0xEF]);

    public readonly Span<byte> Xml { get; } = xml;

    public int At { get; set; }

    public readonly ReadOnlySpan<byte> Rest => Xml[At..];

    public readonly byte Peek(int offset = 0) => At + offset < Xml.Length ? Xml[At + offset] : (byte)0;

    public readonly bool HasCharactersOnly() =>
        Xml.IndexOfAny(s_suspects) is var first
        && (first < 0
            || (Xml[first] == 0xEF
                && Xml.IndexOf("\uFFFE"u8) < 0 && Xml.IndexOf("\uFFFF"u8) < 0 && !HasControls(Xml[first..])));

    public bool SkipDeclaration()
    {
        if (!Take("<?xml version=\"1.0\""u8) && !Take("<?xml version='1.0'"u8))
        {
            return true;
        }

        _ = Take(" encoding=\"UTF-8\""u8) || Take(" encoding=\"utf-8\""u8)
            || Take(" encoding='UTF-8'"u8) || Take(" encoding='utf-8'"u8);
        _ = Take(" standalone=\"yes\""u8) || Take(" standalone=\"no\""u8)
            || Take(" standalone='yes'"u8) || Take(" standalone='no'"u8);
        return Take("?>"u8) || Take(" ?>"u8);
    }

    /// <summary>Skips what may stand beside the root: white space and comments.</summary>
    public bool SkipComments()
    {
        SkipWhiteSpace();
        while (Rest.StartsWith("<!"u8))
        {
            if (!SkipComment())
            {
                return false;
            }

            SkipWhiteSpace();
        }

        return true;
    }

    public bool SkipComment()
    {
        if (!Rest.StartsWith("<!--"u8))
        {
            return false;
        }

        // Two dashes stand in a comment at its end only.
        int dashes = Rest[4..].IndexOf("--"u8);
        if (dashes < 0 || Peek(dashes + 6) != '>')
        {
            return false;
        }

        At += dashes + 7;
        return true;
    }

    /// <summary>Reads up to the quote and behind it, and decodes in place.</summary>
    public bool ReadValue(byte quote, out int length)
    {
        int start = At;
        length = 0;
        while (Rest.IndexOfAny(s_valueEnds) is var plain && plain >= 0)
        {
            Rest[..plain].CopyTo(Xml[(start + length)..]);
            length += plain;
            At += plain;
            byte found = Xml[At];
            if (found == quote)
            {
                At++;
                return true;
            }

            if (found is (byte)'"' or (byte)'\'')
            {
                Xml[start + length++] = found;
                At++;
            }
            else if (found == '&' && TryReadReference(out Rune rune))
            {
                length += rune.EncodeToUtf8(Xml[(start + length)..]);
            }
            else
            {
                return false;
            }
        }

        return false;
    }

    public bool TryReadReference(out Rune rune)
    {
        rune = default;
        int end = Rest[..Math.Min(Rest.Length, ReferenceMax)].IndexOf((byte)';');
        if (end < 2)
        {
            return false;
        }

        ReadOnlySpan<byte> name = Rest[1..end];
        At += end + 1;
        int code = name[0] == '#' ? NumberOf(name[1..])
            : name.SequenceEqual("amp"u8) ? '&'
            : name.SequenceEqual("lt"u8) ? '<'
            : name.SequenceEqual("gt"u8) ? '>'
            : name.SequenceEqual("quot"u8) ? '"'
            : name.SequenceEqual("apos"u8) ? '\''
            : -1;
        return code is '\t' or '\n' or '\r' or >= 0x20 and not 0xFFFE and not 0xFFFF && Rune.TryCreate(code, out rune);
    }

    /// <summary>Reads a name, with a prefix or without; false for one that is not plain.</summary>
    public bool ReadName(out int prefixLength, out int start, out int length)
    {
        prefixLength = 0;
        start = At;
        length = NameLength();
        At += length;
        if (Peek() == ':')
        {
            prefixLength = length;
            start = ++At;
            length = prefixLength == 0 ? 0 : NameLength();
            At += length;
        }

        return length > 0;
    }

    public bool Take(ReadOnlySpan<byte> expected)
    {
        if (!Rest.StartsWith(expected))
        {
            return false;
        }

        At += expected.Length;
        return true;
    }

    public bool SkipWhiteSpace()
    {
        int start = At;
        while (Peek() is (byte)' ' or (byte)'\n' or (byte)'\t')
        {
            At++;
        }

        return At > start;
    }

    private static bool HasControls(ReadOnlySpan<byte> xml)
    {
        for (int next = 0; next >= 0; next = xml.IndexOfAny(s_suspects))
        {
            if (xml[next] < 0x20)
            {
                return true;
            }

            xml = xml[(next + 1)..];
        }

        return false;
    }

    private static int NumberOf(ReadOnlySpan<byte> digits)
    {
        bool isHex = digits.StartsWith((byte)'x');
        return int.TryParse(isHex ? digits[1..] : digits, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None,
            CultureInfo.InvariantCulture, out int code) ? code : -1;
    }

    private readonly int NameLength()
    {
        byte first = Peek();
        return char.IsAsciiLetter((char)first) || first == '_' ? Math.Max(Rest.IndexOfAnyExcept(s_nameBytes), 0) : 0;
    }
}
