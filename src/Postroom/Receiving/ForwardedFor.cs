using System.Diagnostics.CodeAnalysis;
using System.Net;
using Microsoft.Extensions.Primitives;

namespace Postroom.Receiving;

/// <summary>
/// The client behind a chain of proxies: read from the right, since each proxy appends, and stop at the first address
/// that is no proxy of ours; what stands left of it anybody can have written.
/// </summary>
internal static class ForwardedFor
{
    private const int HopsMax = 20;

    public static IPAddress? Client(StringValues header, IPAddress? remote, ProxyList proxies) =>
        Client(header, remote, proxies, out _);

    /// <param name="header">What was sent.</param>
    /// <param name="remote">The peer.</param>
    /// <param name="proxies">The proxies that count.</param>
    /// <param name="hops">How many entries of the list were believed, from the right.</param>
    public static IPAddress? Client(StringValues header, IPAddress? remote, ProxyList proxies, out int hops)
    {
        var client = remote;
        hops = 0;
        var rest = header.ToString().AsSpan();
        for (var hop = 0; hop < HopsMax && !rest.IsEmpty; hop++)
        {
            var comma = rest.LastIndexOf(',');
            if (!TryParse(rest[(comma + 1)..].Trim(), out var address))
            {
                break;
            }

            client = address;
            hops++;
            if (!proxies.Holds(client))
            {
                break;
            }

            rest = comma < 0 ? [] : rest[..comma];
        }

        return client;
    }

    /// <summary>An address with or without its port.</summary>
    public static bool TryParse(ReadOnlySpan<char> node, [NotNullWhen(true)] out IPAddress? address)
    {
        if (!IPAddress.TryParse(WithoutPort(node), out address))
        {
            return false;
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return true;
    }

    private static ReadOnlySpan<char> WithoutPort(ReadOnlySpan<char> hop)
    {
        if (hop.StartsWith('['))
        {
            var end = hop.IndexOf(']');
            return end < 0 ? hop : hop[1..end];
        }

        // One colon parts an IPv4 address from its port; an IPv6 address has more than one.
        var colon = hop.IndexOf(':');
        return colon >= 0 && colon == hop.LastIndexOf(':') ? hop[..colon] : hop;
    }
}
