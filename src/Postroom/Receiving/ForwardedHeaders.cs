using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace Postroom.Receiving;

/// <summary>
/// Forwarded (RFC 7239) and X-Forwarded-For, -Proto and -Host. They count only from proxies that are declared.
/// </summary>
internal sealed partial class ForwardedHeaders(ProxyList proxies, ILogger<ForwardedHeaders> logger)
{
    private static readonly string[] Names =
    [
        "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Server",
        "X-Forwarded-Prefix", "X-Real-IP", "Forwarded",
    ];

    private int _warned;

    /// <summary>Any sign of a proxy in between, whether or not it says for whom it speaks.</summary>
    public static bool AreIn(IHeaderDictionary headers)
    {
        foreach (var name in Names)
        {
            if (headers.ContainsKey(name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Only the two schemes that this server speaks.</summary>
    public static string? Scheme(string? text) =>
        "https".Equals(text, StringComparison.OrdinalIgnoreCase) ? "https"
        : "http".Equals(text, StringComparison.OrdinalIgnoreCase) ? "http" : null;

    /// <summary>A host as in an address (RFC 9110 §7.2), with or without a port.</summary>
    public static string? Host(string? text) =>
        text is { Length: > 0 and <= 300 } && Uri.TryCreate("http://" + text, UriKind.Absolute, out var uri)
            && uri is { PathAndQuery: "/", Fragment: "", UserInfo: "" } && !text.AsSpan().ContainsAny("/\\?#@")
            ? text : null;

    /// <summary>True when the peer is a declared proxy.</summary>
    public bool IsFromProxy(HttpContext http) => proxies.Holds(Peer(http));

    /// <summary>Of a request that carries such headers: what counts of them.</summary>
    public ForwardedHop Read(HttpContext http)
    {
        var remote = Peer(http);
        if (proxies.Holds(remote))
        {
            return Believe(http.Request.Headers, remote);
        }

        if (Interlocked.Exchange(ref _warned, 1) == 0)
        {
            Log.UndeclaredProxy(logger, remote);
        }

        return new ForwardedHop(http.Connection.RemoteIpAddress, null, null);
    }

    private static IPAddress? Peer(HttpContext http) =>
        http.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped
            ? mapped.MapToIPv4() : http.Connection.RemoteIpAddress;

    /// <summary>
    /// A proxy that writes one kind of header lets the other through as the client wrote it, and nobody can tell which
    /// is which. Where both are there and say different things, neither is believed.
    /// </summary>
    private ForwardedHop Believe(IHeaderDictionary headers, IPAddress? remote)
    {
        var nothing = new ForwardedHop(remote, null, null);
        var common = ReadCommon(headers, remote, out var isCommon);
        if (!headers.TryGetValue("Forwarded", out var standard))
        {
            return common;
        }

        if (!ForwardedElements.TryRead(standard.ToString(), remote, proxies, out var hop))
        {
            return nothing;
        }

        return !isCommon || hop == common ? hop : nothing;
    }

    private ForwardedHop ReadCommon(IHeaderDictionary headers, IPAddress? remote, out bool isThere)
    {
        isThere = headers.TryGetValue("X-Forwarded-For", out var clients);
        isThere |= headers.TryGetValue("X-Forwarded-Proto", out var schemes);
        isThere |= headers.TryGetValue("X-Forwarded-Host", out var hosts);
        var client = ForwardedFor.Client(clients, remote, proxies, out var hops);
        return new ForwardedHop(client, Scheme(Entry(schemes, hops)), Host(Entry(hosts, hops)));
    }

    /// <summary>
    /// The entry of the proxy that the client spoke to: each proxy appends one, or the last one overwrites them all.
    /// What stands left of it anybody can have written.
    /// </summary>
    private static string? Entry(StringValues header, int hops)
    {
        var entries = header.ToString().Split(',', StringSplitOptions.TrimEntries);
        return entries[Math.Max(0, entries.Length - Math.Max(1, hops))];
    }

    private static partial class Log
    {
        [LoggerMessage(101, LogLevel.Warning,
            "A request from {Remote} carries forwarded headers, but this address is not in `proxies:`. "
            + "They are ignored. If it is your proxy, add its network to `proxies:` in postroom.yaml.")]
        public static partial void UndeclaredProxy(ILogger logger, IPAddress? remote);
    }
}
