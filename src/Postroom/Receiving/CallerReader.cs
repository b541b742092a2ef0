using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.Extensions.Logging;
using Postroom.Exchange;

namespace Postroom.Receiving;

/// <summary>Finds out who sends a request; forwarded headers count only from proxies that are declared.</summary>
internal sealed partial class CallerReader(ProxyList proxies, ILogger<CallerReader> logger)
{
    private static readonly string[] ProxyHeaders =
    [
        "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Server",
        "X-Forwarded-Prefix", "X-Real-IP", "Forwarded",
    ];

    private int _warned;

    public Caller Read(HttpContext http)
    {
        var headers = http.Request.Headers;
        var address = CallerAddress.Of(http.Connection.RemoteIpAddress);
        var forwarded = IsForwarded(headers);
        if (forwarded)
        {
            address = Behind(address, headers);
        }

        // Asking HttpContext.User would make an identity for every anonymous request.
        var principal = http.Features.Get<IHttpAuthenticationFeature>()?.User;
        var isKnown = principal?.Identity is { IsAuthenticated: true };
        return new Caller
        {
            Address = address,
            IsForwarded = forwarded,
            Principal = isKnown ? principal! : Caller.Nobody,
            Name = isKnown ? NameOf(principal!) : Caller.Anonymous,
            IsBrowser = headers.Origin.Count > 0 || headers.ContainsKey("Sec-Fetch-Site"),
        };
    }

    private CallerAddress Behind(CallerAddress remote, IHeaderDictionary headers)
    {
        if (proxies.Holds(remote.Address))
        {
            return CallerAddress.Of(ForwardedFor.Client(headers["X-Forwarded-For"], remote.Address, proxies));
        }

        if (Interlocked.Exchange(ref _warned, 1) == 0)
        {
            Log.UndeclaredProxy(logger, remote.Address);
        }

        return remote;
    }

    /// <summary>Any sign of a proxy in between, whether or not it says for whom it speaks.</summary>
    private static bool IsForwarded(IHeaderDictionary headers)
    {
        foreach (var name in ProxyHeaders)
        {
            if (headers.ContainsKey(name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// A name that no other kind of caller can take, from the claim that identity providers keep stable.
    /// </summary>
    private static string NameOf(ClaimsPrincipal principal) =>
        "user:" + (principal.FindFirstValue(ClaimTypes.NameIdentifier) ?? principal.FindFirstValue("sub")
            ?? principal.Identity?.Name ?? "unnamed");

    private static partial class Log
    {
        [LoggerMessage(101, LogLevel.Warning,
            "A request from {Remote} carries forwarded headers, but this address is not in `proxies:`. "
            + "They are ignored. If it is your proxy, add its network to `proxies:` in postroom.yaml.")]
        public static partial void UndeclaredProxy(ILogger logger, IPAddress? remote);
    }
}
