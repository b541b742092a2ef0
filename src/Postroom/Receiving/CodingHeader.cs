using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Postroom.Exchange;
using Postroom.Faults;

namespace Postroom.Receiving;

/// <summary>
/// <c>Content-Encoding</c> (RFC 9110 §8.4): a list of codings in the order in which they were applied. One is taken;
/// <c>identity</c>, which does not belong there, is passed over.
/// </summary>
internal static class CodingHeader
{
    public const string Taken = "gzip, deflate, br";

    private const int ShownMax = 60;

    // RFC 9110 §15.5.16: a 415 for a content coding names those that are taken.
    private static readonly KeyValuePair<string, string>[] AcceptEncoding = [new("Accept-Encoding", Taken)];

    public static Fault? Judge(PostExchange exchange)
    {
        var header = exchange.Http.Request.Headers.ContentEncoding;
        if (header.Count == 0)
        {
            return null;
        }

        var coding = ContentCoding.None;
        foreach (var line in header)
        {
            foreach (var item in new StringTokenizer(line ?? "", [',']))
            {
                var name = item.Trim();
                if (name.Length == 0 || Is(name, "identity"))
                {
                    continue;
                }

                var next = Find(name);
                if (next == ContentCoding.None || coding != ContentCoding.None)
                {
                    return Refuse(header.ToString(), isTwice: next != ContentCoding.None);
                }

                coding = next;
            }
        }

        exchange.Coding = coding;
        return null;
    }

    // RFC 9110 §8.4.1: names are case-insensitive; §8.4.1.3: x-gzip is gzip.
    private static ContentCoding Find(StringSegment name) =>
        Is(name, "gzip") || Is(name, "x-gzip") ? ContentCoding.Gzip
        : Is(name, "deflate") ? ContentCoding.Deflate
        : Is(name, "br") ? ContentCoding.Brotli
        : ContentCoding.None;

    private static bool Is(StringSegment name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static Fault Refuse(string header, bool isTwice) => new(
        FaultCatalogue.CodingUnsupported,
        isTwice
            ? $"The body is compressed more than once ({Shown(header)}). Compress it once, with gzip, deflate or br."
            : $"Bodies compressed as {Shown(header)} are not read. Use gzip, deflate or br, or leave "
                + "`Content-Encoding` out.")
    {
        Headers = AcceptEncoding,
        ClosesConnection = true,
    };

    private static string Shown(string text) => text.Length <= ShownMax ? text : string.Create(
        CultureInfo.InvariantCulture, $"{text.AsSpan(0, ShownMax)}…");
}
