using System.Globalization;
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
        var parts = text.Split('/');
        if (parts.Length <= 2 && IsWritten(parts[0]) && IPAddress.TryParse(parts[0], out var address)
            && Bits(parts, address) is { } bits)
        {
            var network = Masked(address, bits);
            if (network.BaseAddress.Equals(address))
            {
                return network.ToString();
            }

            fault = $"`{Excerpt.Of(text)}` names an address inside a network. Did you mean `{network}`?";
            return null;
        }

        fault = $"`{Excerpt.Of(text)}` is not a network. Write it as `10.0.0.0/8` or as one address.";
        return null;
    }

    /// <summary>The length of the prefix; that of a whole address where none is written.</summary>
    private static int? Bits(string[] parts, IPAddress address)
    {
        var most = address.GetAddressBytes().Length * 8;
        if (parts.Length == 1)
        {
            return most;
        }

        return int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var bits) && bits <= most
            ? bits
            : null;
    }

    /// <summary>Refuses the short forms, such as <c>10</c> for 0.0.0.10, that the parser takes.</summary>
    private static bool IsWritten(string text) =>
        text.Contains(':', StringComparison.Ordinal) || text.Count(character => character == '.') == 3;

    private static IPNetwork Masked(IPAddress address, int bits)
    {
        var bytes = address.GetAddressBytes();
        for (var bit = bits; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return new(new IPAddress(bytes), bits);
    }
}
