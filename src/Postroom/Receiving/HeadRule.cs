using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Postroom.Declarations;
using Postroom.Faults;

namespace Postroom.Receiving;

/// <summary>
/// The size of the request line and the header, judged by us as far as the server's reader lets it come, since a
/// refusal of the reader's own is a bare status that says nothing.
/// </summary>
internal static class HeadRule
{
    // RFC 9112 §3, §5: a space, a space, the version and CRLF; a colon, a space and CRLF.
    private const int LineExtra = 12;
    private const int FieldExtra = 4;

    public static Fault? Judge(HttpContext http, ServerLimitsDeclaration limits)
    {
        var target = http.Features.Get<IHttpRequestFeature>()?.RawTarget;
        if (target?.Length + http.Request.Method.Length + LineExtra > limits.RequestLine)
        {
            return Refuse(FaultCatalogue.RequestLineTooLong, "limits.requestLine", limits.RequestLine,
                $"The request line has more than {limits.RequestLine:N0} bytes. Send in the body what does not fit.");
        }

        var (lines, bytes) = Measure(http.Request.Headers);
        if (lines > limits.Headers)
        {
            return Refuse(FaultCatalogue.HeadersTooLarge, "limits.headers", limits.Headers,
                $"The header has more than {limits.Headers:N0} lines. Send fewer.");
        }

        return bytes <= limits.HeaderBytes
            ? null
            : Refuse(FaultCatalogue.HeadersTooLarge, "limits.headerBytes", limits.HeaderBytes,
                $"The header has more than {limits.HeaderBytes:N0} bytes. Send less; deleting cookies often helps.");
    }

    private static (int Lines, long Bytes) Measure(IHeaderDictionary headers)
    {
        var lines = 0;
        var bytes = 0L;
        foreach (var (name, values) in headers)
        {
            lines += values.Count;
            foreach (var value in values)
            {
                bytes += name.Length + FieldExtra + (value?.Length ?? 0);
            }
        }

        return (lines, bytes);
    }

    private static Fault Refuse(FaultKind kind, string name, int limit, FormattableString message) =>
        new(kind, message.ToString(CultureInfo.InvariantCulture))
        {
            Limit = new LimitFault(name, limit),
            ClosesConnection = true,
        };
}
