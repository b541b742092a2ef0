using System.Buffers;
using Microsoft.AspNetCore.Http;
using Postroom.Faults;

namespace Postroom.Receiving;

/// <summary>
/// What the header of an HTTP/2 or HTTP/3 request may hold (RFC 9113 §8.2, RFC 9114 §4.2). There its fields come with
/// their lengths, so that a name may hold what ends a line elsewhere: whoever hands it on over HTTP/1.1 or writes it to
/// a log would be led astray. Kestrel lets some of it pass.
/// </summary>
internal static class FieldRule
{
    // RFC 9110 §5.6.2. Kestrel writes the names that it knows in capitals; in others it refuses them.
    private static readonly SearchValues<char> s_token = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public static Fault? Judge(IHeaderDictionary headers)
    {
        // RFC 9113 §8.3.1: the host stands in :authority, or in Host, whose place Kestrel gives to the first.
        if (headers.Host.Count != 1 || headers.Host[0]!.Length == 0)
        {
            return FramingRule.Malformed("The request names no host. Send `:authority`.");
        }

        // RFC 9113 §8.2.2: fields of a connection have no meaning here, and make a request malformed.
        if (headers.TransferEncoding.Count > 0 || headers.KeepAlive.Count > 0 || headers.Upgrade.Count > 0
            || headers.ContainsKey("Proxy-Connection"))
        {
            return FramingRule.Malformed(
                "`Transfer-Encoding`, `Keep-Alive`, `Proxy-Connection` and `Upgrade` do not belong in this version of "
                + "HTTP. Leave them out.");
        }

        foreach (var (name, values) in headers)
        {
            if (name.AsSpan().ContainsAnyExcept(s_token))
            {
                return FramingRule.Malformed("The name of a header field holds a character that no name may hold.");
            }

            foreach (var value in values)
            {
                if (value is [' ' or '\t', ..] or [.., ' ' or '\t'])
                {
                    return FramingRule.Malformed("The value of a header field begins or ends with a space.");
                }
            }
        }

        return null;
    }
}
