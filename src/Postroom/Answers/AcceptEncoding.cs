using Microsoft.Extensions.Primitives;
using Postroom.Exchange;

namespace Postroom.Answers;

/// <summary>How what is the same for everybody is coded, by <c>Accept-Encoding</c> (RFC 9110 §12.5.3).</summary>
internal static class AcceptEncoding
{
    /// <summary>
    /// Brotli, gzip or none: what the caller wants most, and of equals the smaller. Who names nothing gets nothing.
    /// </summary>
    public static ContentCoding Choose(StringValues header)
    {
        Wish brotli = new(-1, 0), gzip = brotli, identity = new(-1, 0);
        foreach (var line in header)
        {
            foreach (var coding in new WeightedList(line))
            {
                var isAny = coding.Value is "*";
                Hear(ref brotli, coding, isAny, "br", "br");
                Hear(ref gzip, coding, isAny, "gzip", "x-gzip");
                Hear(ref identity, coding, isAny: false, "identity", "identity");
            }
        }

        var best = Math.Max(brotli.Weight, gzip.Weight);
        return best <= 0 || identity.Weight > best ? ContentCoding.None
            : brotli.Weight == best ? ContentCoding.Brotli
            : ContentCoding.Gzip;
    }

    /// <summary>A name counts more than the star, wherever they stand.</summary>
    private static void Hear(ref Wish wish, WeightedItem coding, bool isAny, string name, string alias)
    {
        var isNamed = coding.Value.Equals(name, StringComparison.OrdinalIgnoreCase)
            || coding.Value.Equals(alias, StringComparison.OrdinalIgnoreCase);
        if (isNamed || (isAny && wish.Precision <= 0))
        {
            wish = new Wish(isNamed ? 1 : 0, coding.Weight);
        }
    }
}
