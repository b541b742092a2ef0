using System.Text;
using System.Text.Unicode;
using Postroom.Faults;

namespace Postroom.Parsing.Formats;

/// <summary>
/// The encoding of XML: UTF-8, or UTF-16 that says so by its first bytes (XML 1.0 appendix F). What
/// <c>Content-Type</c>, the bytes and the declaration say must agree; RFC 7303 §3.3 lets the bytes win, and a body
/// whose parts contradict each other is refused here.
/// </summary>
internal static class XmlEncoding
{
    private const int DeclarationMax = 256;

    /// <summary>Gives the XML as UTF-8 without a mark.</summary>
    public static Fault? Decode(ReadOnlySpan<byte> body, string? charset, out ReadOnlySpan<byte> xml)
    {
        xml = default;
        bool isWide = BodyLooks.LikeUtf16(body);
        if (charset is not null && IsWide(charset) != isWide)
        {
            return Conflict("Content-Type", charset, isWide);
        }

        string text = "";
        if (isWide ? !TryDecodeWide(body, out text) : !Utf8.IsValid(body))
        {
            return FormatFaults.NotUtf8(FaultCatalogue.MalformedXml, "XML", default);
        }

        xml = isWide ? Encoding.UTF8.GetBytes(text) : ByteOrderMark.Skip(body);
        return Declared(xml) switch
        {
            null => null,
            var name when IsWide(name) == isWide => null,
            var name when IsKnown(name) => Conflict("The XML declaration", name, isWide),
            var name => ParsingFaults.Unsupported(
                $"The XML declaration names the encoding {ParsingFaults.Shown(Encoding.UTF8.GetBytes(name))}. "
                + "Send the XML as UTF-8."),
        };
    }

    private static bool TryDecodeWide(ReadOnlySpan<byte> body, out string text)
    {
        bool isBigEndian = body[0] is 0xFE or 0;
        text = "";
        try
        {
            UnicodeEncoding encoding = new(isBigEndian, byteOrderMark: false, throwOnInvalidBytes: true);
            text = encoding.GetString(body).TrimStart('\uFEFF');
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>The encoding that <c>&lt;?xml … encoding="…"?&gt;</c> names; null for none.</summary>
    private static string? Declared(ReadOnlySpan<byte> xml)
    {
        if (!xml.StartsWith("<?xml "u8) && !xml.StartsWith("<?xml\t"u8))
        {
            return null;
        }

        // No character is longer than three bytes for each of its UTF-16 units.
        ReadOnlySpan<char> start = Encoding.UTF8.GetString(xml[..Math.Min(xml.Length, (DeclarationMax * 3) + 3)]);
        start = start[..Math.Min(start.Length, DeclarationMax)];
        int end = start.IndexOf("?>");
        start = end < 0 ? start : start[..end];
        int at = start.IndexOf("encoding");
        if (at < 0)
        {
            return null;
        }

        ReadOnlySpan<char> value = start[(at + "encoding".Length)..].TrimStart(" \t\r\n=");
        int close = value.IsEmpty ? -1 : value[1..].IndexOf(value[0]);
        return close < 0 ? null : value[1..(close + 1)].ToString();
    }

    private static bool? IsWide(string name) =>
        name.StartsWith("utf-16", StringComparison.OrdinalIgnoreCase) ? true : IsNarrow(name) ? false : null;

    private static bool IsNarrow(string name) =>
        name.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
        || name.Equals("utf8", StringComparison.OrdinalIgnoreCase)
        || name.Equals("us-ascii", StringComparison.OrdinalIgnoreCase);

    private static bool IsKnown(string name) => IsWide(name) is not null;

    private static Fault Conflict(string who, string name, bool isWide) => new(FaultCatalogue.MalformedXml,
        $"{who} names the encoding {name}, and the body is {(isWide ? "UTF-16" : "UTF-8")}. Let both say the same.");
}
