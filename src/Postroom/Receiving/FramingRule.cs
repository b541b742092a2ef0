using Microsoft.AspNetCore.Http;
using Postroom.Exchange;
using Postroom.Faults;

namespace Postroom.Receiving;

/// <summary>
/// Where a body ends must be beyond doubt: two readers that disagree about it disagree about what the next request is.
/// Kestrel refuses most of what is ambiguous; this refuses what it lets pass and lets us see.
/// </summary>
internal static class FramingRule
{
    // Where Kestrel puts a Content-Length that came beside Transfer-Encoding.
    private const string LengthBesideCoding = "X-Content-Length";

    public static Fault? Judge(HttpRequest request)
    {
        var headers = request.Headers;
        if (HttpProtocol.IsHttp2(request.Protocol) || HttpProtocol.IsHttp3(request.Protocol))
        {
            return FieldRule.Judge(headers);
        }

        if (headers.TransferEncoding.Count > 0)
        {
            return JudgeCoding(request, headers.TransferEncoding.ToString());
        }

        // RFC 9110 §4.2.1: an http URI with an empty host is invalid, and a recipient must reject it.
        return headers.Host.Count == 1 && headers.Host[0]!.Length == 0 && HttpProtocol.IsHttp11(request.Protocol)
            ? Malformed("`Host` is empty. Send the name and port that the request is for.")
            : null;
    }

    public static Fault Malformed(string message) =>
        new(FaultCatalogue.MalformedRequest, message) { ClosesConnection = true };

    private static Fault? JudgeCoding(HttpRequest request, string coding)
    {
        // RFC 9112 §6.1: an HTTP/1.0 message with Transfer-Encoding has faulty framing, even with a Content-Length.
        if (!HttpProtocol.IsHttp11(request.Protocol))
        {
            return Malformed("HTTP/1.0 knows no `Transfer-Encoding`. Send `Content-Length`.");
        }

        // RFC 9112 §6.3: both lengths might be an attempt at request smuggling, and ought to be an error.
        if (request.Headers.ContainsKey(LengthBesideCoding))
        {
            return Malformed("The request has both `Transfer-Encoding` and `Content-Length`. Send one of them.");
        }

        if (coding.Equals("chunked", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        // RFC 9112 §6.1: chunked is not applied more than once; a coding that is not understood gets 501.
        return IsOnlyChunked(coding)
            ? Malformed("`Transfer-Encoding` must say `chunked` once, and nothing else.")
            : new Fault(FaultCatalogue.TransferCodingUnsupported,
                "`Transfer-Encoding` may only be `chunked`. A compressed body says so in `Content-Encoding`.")
            {
                ClosesConnection = true,
            };
    }

    private static bool IsOnlyChunked(string coding)
    {
        foreach (var range in coding.AsSpan().Split(','))
        {
            var one = coding.AsSpan(range).Trim();
            if (!one.IsEmpty && !one.Equals("chunked", StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }
}
