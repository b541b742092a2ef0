using System.Text;

namespace Postroom.Parsing.Uploads;

/// <summary>Tells from its first bytes what a file is, after the MIME Sniffing Standard §6 and §7.</summary>
internal static class FileSniffer
{
    /// <summary>Bytes of a file that are looked at.</summary>
    public const int HeadMax = 4096;

    public const string Unknown = "application/octet-stream";
    public const string Text = "text/plain";

    private static readonly FileSignature[] Signatures =
    [
        Of("application/pdf", "%PDF-"),
        Of("image/png", "\x89PNG\r\n\x1A\n"),
        Of("image/jpeg", "\xFF\xD8\xFF"),
        Of("image/gif", "GIF87a"),
        Of("image/gif", "GIF89a"),
        Of("image/webp", "RIFF", "WEBP", 8),
        Of("audio/wav", "RIFF", "WAVE", 8),
        Of("image/tiff", "II*\0"),
        Of("image/tiff", "MM\0*"),
        Of("image/heic", "ftyphei", offset: 4),
        Of("image/heic", "ftyphev", offset: 4),
        Of("image/heic", "ftypmif1", offset: 4),
        Of("image/avif", "ftypavi", offset: 4),
        Of("video/mp4", "ftyp", offset: 4),
        Of("audio/ogg", "OggS"),
        Of("audio/mpeg", "ID3"),
        Of("audio/mpeg", "\xFF\xFB"),
        Of("audio/mpeg", "\xFF\xF3"),
        Of("audio/mpeg", "\xFF\xF2"),
        Of("application/zip", "PK\x03\x04"),
        Of("application/zip", "PK\x05\x06"),
        Of("application/gzip", "\x1F\x8B\x08"),
        Of("application/x-7z-compressed", "7z\xBC\xAF\x27\x1C"),
        Of("application/vnd.rar", "Rar!\x1A\x07"),
        Of("application/x-cfb", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
        Of(FileTypes.Executable, "\x7F" + "ELF"),
        Of(FileTypes.Executable, "\xFE\xED\xFA\xCE"),
        Of(FileTypes.Executable, "\xFE\xED\xFA\xCF"),
        Of(FileTypes.Executable, "\xCE\xFA\xED\xFE"),
        Of(FileTypes.Executable, "\xCF\xFA\xED\xFE"),
        Of(FileTypes.Executable, "\xCA\xFE\xBA\xBE"),
        Of(FileTypes.Script, "#!"),
    ];

    /// <summary>MIME Sniffing §7.1: what a browser would take for HTML when it guesses.</summary>
    private static readonly byte[][] HtmlBegins =
    [
        .. new[]
        {
            "<!DOCTYPE HTML", "<HTML", "<HEAD", "<SCRIPT", "<IFRAME", "<H1", "<DIV", "<FONT", "<TABLE", "<A", "<STYLE",
            "<TITLE", "<B", "<BODY", "<BR", "<P", "<!--",
        }.Select(Encoding.ASCII.GetBytes),
    ];

    public static string TypeOf(ReadOnlySpan<byte> head)
    {
        foreach (FileSignature signature in Signatures)
        {
            if (signature.Fits(head))
            {
                return signature.MediaType;
            }
        }

        // Texts begin with these two letters as well.
        bool isText = !HasBinary(head);
        return head.StartsWith("MZ"u8) && !isText ? FileTypes.Executable
            : head.StartsWith("BM"u8) && !isText ? "image/bmp"
            : MarkupOf(head) ?? (isText || HasMark(head) ? Text : Unknown);
    }

    private static string? MarkupOf(ReadOnlySpan<byte> head)
    {
        // What a browser skips: the marks of UTF-8 and of the guess of a page that lies in another file's middle.
        ReadOnlySpan<byte> text = (head.StartsWith("\uFEFF"u8) ? head[3..] : head).TrimStart(" \t\r\n\f"u8);
        if (text.IsEmpty || text[0] != '<')
        {
            return null;
        }

        foreach (byte[] begin in HtmlBegins)
        {
            if (text.Length > begin.Length && Ascii.EqualsIgnoreCase(text[..begin.Length], begin)
                && text[begin.Length] is (byte)' ' or (byte)'>' or (byte)'\t' or (byte)'\n' or (byte)'\r')
            {
                return FileTypes.Html;
            }
        }

        return text.IndexOf("<svg"u8) >= 0 ? FileTypes.Svg
            : text.IndexOf("http://www.w3.org/1999/xhtml"u8) >= 0 ? FileTypes.Xhtml
            : text.StartsWith("<?xml"u8) || text.StartsWith("<!DOCTYPE"u8) ? FileTypes.Xml
            : null;
    }

    /// <summary>MIME Sniffing §3: a binary data byte, which no text has.</summary>
    private static bool HasBinary(ReadOnlySpan<byte> head) => head.ContainsAny(Binary);

    private static readonly System.Buffers.SearchValues<byte> Binary = System.Buffers.SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Where(code => code is not ('\t' or '\n' or '\f' or '\r' or 0x1B))
            .Select(code => (byte)code)]);

    /// <summary>The mark of UTF-16, whose text holds NUL.</summary>
    private static bool HasMark(ReadOnlySpan<byte> head) => head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])
        || head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]);

    private static FileSignature Of(
        string type, string bytes, string second = "", int secondOffset = 0, int offset = 0) =>
        new(type, offset, Encoding.Latin1.GetBytes(bytes), Encoding.Latin1.GetBytes(second), secondOffset);
}
