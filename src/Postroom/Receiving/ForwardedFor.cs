using System.Net;
using Microsoft.Extensions.Primitives;

namespace Postroom.Receiving;

/// <summary>
/// The client behind a chain of proxies: read from the right, since each proxy appends, and stop at the first address that
/// is no proxy of ours; what stands left of it anybody can have written.
/// </summary>
internal static class ForwardedFor
{
    private const int HopsMax = 20;

    public static IPAddress? Client(StringValues header, IPAddress? remote, ProxyList proxies)
    {
        var client = remote;
        var hops = header.ToString().Split(',', HopsMax + 1, StringSplitOptions.TrimEntries);
        for (var index = Math.Min(hops.Length, HopsMax) - 1; index >= 0; index--)
        {
            if (!IPAddress.TryParse(WithoutPort(hops[index]), out var address))
            {
                break;
            }

            client = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
            if (!proxies.Holds(client))
            {
                break;
            }
        }

        return client;
    }

    private static string WithoutPort(string hop) => hop switch
    {
        ['[', ..] when hop.IndexOf(']', StringComparison.Ordinal) is > 0 and var end => hop[1..end],
        _ when hop.Count(character => character == ':') == 1 => hop[..hop.IndexOf(':', StringComparison.Ordinal)],
        _ => hop,
    };
}
