using System.Net;
using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>Networks in CIDR notation (RFC 4632 §3.1); a single address is a network of one.</summary>
internal static class ProxyNetwork
{
    /// <summary>The normal form, or null and what is wrong.</summary>
    public static string? Parse(string text, out string? fault)
    {
        fault = null;
        if (IPNetwork.TryParse(text, out var network))
            return network.ToString();
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 && IsWritten(text) && IPAddress.TryParse(text, out var single))
            return new IPNetwork(single, single.GetAddressBytes().Length * 8).ToString();
        fault = $"`{Excerpt.Of(text)}` is not a network. Write it as `10.0.0.0/8` or as one address.";
        if (slash > 0 && IPAddress.TryParse(text[..slash], out var address) && int.TryParse(text[(slash + 1)..], out var bits)
            && bits >= 0 && bits <= address.GetAddressBytes().Length * 8)
            fault = $"`{Excerpt.Of(text)}` names an address inside a network. Did you mean `{Masked(address, bits)}`?";
        return null;
    }

    /// <summary>Refuses the short forms, such as <c>10</c> for 0.0.0.10, that the parser takes.</summary>
    private static bool IsWritten(string text) =>
        text.Contains(':', StringComparison.Ordinal) || text.Count(character => character == '.') == 3;

    private static IPNetwork Masked(IPAddress address, int bits)
    {
        var bytes = address.GetAddressBytes();
        for (var bit = bits; bit < bytes.Length * 8; bit++)
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        return new(new IPAddress(bytes), bits);
    }
}
