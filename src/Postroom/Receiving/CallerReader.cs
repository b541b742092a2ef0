using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Postroom.Exchange;

namespace Postroom.Receiving;

/// <summary>Finds out who sends a request; forwarded headers count only from proxies that are declared.</summary>
internal sealed class CallerReader(ForwardedHeaders forwarded)
{
    public Caller Read(HttpContext http)
    {
        var headers = http.Request.Headers;
        var isForwarded = ForwardedHeaders.AreIn(headers);
        var address = CallerAddress.Of(
            isForwarded ? forwarded.Read(http).Client : http.Connection.RemoteIpAddress);

        // Asking HttpContext.User would make an identity for every anonymous request.
        var principal = http.Features.Get<IHttpAuthenticationFeature>()?.User;
        var isKnown = principal?.Identity is { IsAuthenticated: true };
        return new Caller
        {
            Address = address,
            IsForwarded = isForwarded,
            Principal = isKnown ? principal! : Caller.Nobody,
            Name = isKnown ? NameOf(principal!) : Caller.Anonymous,
            IsBrowser = headers.Origin.Count > 0 || headers.ContainsKey("Sec-Fetch-Site"),
        };
    }

    /// <summary>
    /// A name that no other kind of caller can take, from the claim that identity providers keep stable.
    /// </summary>
    private static string NameOf(ClaimsPrincipal principal) =>
        "user:" + (principal.FindFirstValue(ClaimTypes.NameIdentifier) ?? principal.FindFirstValue("sub")
            ?? principal.Identity?.Name ?? "unnamed");
}
