using System.Net;
using System.Net.Sockets;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Postroom.Exchange;

namespace Postroom.Receiving;

/// <summary>Finds out who sends a request; forwarded headers count only from proxies that are declared.</summary>
internal sealed partial class CallerReader(ProxyList proxies, ILogger<CallerReader> logger)
{
    private int _warned;

    public Caller Read(HttpContext http)
    {
        var remote = Unmap(http.Connection.RemoteIpAddress);
        var headers = http.Request.Headers;
        var forwarded = headers.ContainsKey("X-Forwarded-For") || headers.ContainsKey("Forwarded")
            || headers.ContainsKey("X-Forwarded-Proto") || headers.ContainsKey("X-Forwarded-Host");
        var address = remote;
        if (forwarded && proxies.Holds(remote))
        {
            address = ForwardedFor.Client(headers["X-Forwarded-For"], remote, proxies) ?? remote;
        }
        else if (forwarded && Interlocked.Exchange(ref _warned, 1) == 0)
        {
            Log.UndeclaredProxy(logger, remote);
        }

        var principal = http.User;
        var name = principal.Identity is { IsAuthenticated: true } ? NameOf(principal) : Caller.Anonymous;
        return new Caller
        {
            Address = address,
            IsLoopback = address is null || IPAddress.IsLoopback(address),
            IsForwarded = forwarded,
            Principal = principal,
            Name = name,
            IsBrowser = headers.ContainsKey("Sec-Fetch-Site") || headers.Origin.Count > 0,
            RateKey = RateKey(address),
        };
    }

    /// <summary>A name that no other kind of caller can take, from the claim that identity providers keep stable.</summary>
    private static string NameOf(ClaimsPrincipal principal) =>
        "user:" + (principal.FindFirstValue(ClaimTypes.NameIdentifier) ?? principal.FindFirstValue("sub")
            ?? principal.Identity?.Name ?? "unnamed");

    private static IPAddress? Unmap(IPAddress? address) =>
        address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;

    /// <summary>One household has one /64: counting single IPv6 addresses would count nothing.</summary>
    private static string RateKey(IPAddress? address)
    {
        if (address is null)
        {
            return "local";
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address.ToString();
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new IPAddress(bytes).ToString();
    }

    private static partial class Log
    {
        [LoggerMessage(101, LogLevel.Warning,
            "A request from {Remote} carries forwarded headers, but this address is not in `proxies:`. They are ignored. "
            + "If it is your proxy, add its network to `proxies:` in postroom.yaml.")]
        public static partial void UndeclaredProxy(ILogger logger, IPAddress? remote);
    }
}
