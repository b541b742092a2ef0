using System.Collections.Frozen;
using System.IO.Compression;
using Postroom.Exchange;

namespace Postroom.Answers;

/// <summary>
/// Compresses what is the same for everybody: files of the site, stylesheets, generated documents. Never a page that
/// carries a token, and nothing that repeats what was sent: whoever can have text put beside a secret, and see how
/// long the answer is, reads the secret letter by letter (BREACH).
/// </summary>
internal static class Compression
{
    /// <summary>What fits in one packet gains nothing.</summary>
    public const int SizeMin = 1024;

    private static readonly FrozenSet<string> Texts = new[]
    {
        ".atom", ".css", ".csv", ".htm", ".html", ".ics", ".js", ".json", ".jsonld", ".map", ".md", ".mjs", ".otf",
        ".rss", ".svg", ".ttf", ".txt", ".vtt", ".wasm", ".webmanifest", ".xhtml", ".xml", ".xsl",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>True for names of files that are text, or of a kind that is not compressed already.</summary>
    public static bool Helps(string fileName) => Texts.Contains(Path.GetExtension(fileName));

    /// <summary>How <c>Content-Encoding</c> names it.</summary>
    public static string Name(ContentCoding coding) => coding == ContentCoding.Brotli ? "br" : "gzip";

    /// <summary>The bytes in this coding; null where they would not be smaller by a tenth.</summary>
    public static byte[]? Compress(ReadOnlySpan<byte> bytes, ContentCoding coding)
    {
        if (bytes.Length < SizeMin)
        {
            return null;
        }

        using var output = new MemoryStream();
        using (var encoder = Encoder(output, coding))
        {
            encoder.Write(bytes);
        }

        return output.Length > bytes.Length - (bytes.Length / 10) ? null : output.ToArray();
    }

    private static Stream Encoder(Stream output, ContentCoding coding) => coding == ContentCoding.Brotli
        ? new BrotliStream(output, CompressionLevel.Optimal, leaveOpen: true)
        : new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true);
}
