using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Postroom.Declarations;
using Postroom.Exchange;
using Postroom.Faults;
using Postroom.Receiving;
using Postroom.Responding;

namespace Postroom.Hosting;

/// <summary>
/// Where <c>url</c> is https, nothing but https counts: pages lead on to it, and what is sent in clear is refused,
/// since a redirect would hide that others may have read it. For the server program; a host of the library has
/// UseHttpsRedirection and UseHsts.
/// </summary>
internal sealed class HttpsRule(DeclarationHost declarations, ForwardedHeaders forwarded)
{
    // No includeSubDomains: other hosts of the domain are not ours to decide about.
    private const string Transport = "max-age=31536000";
    private const string Health = "/_postroom/health";

    public static void Use(WebApplication app)
    {
        var rule = new HttpsRule(
            app.Services.GetRequiredService<DeclarationHost>(), app.Services.GetRequiredService<ForwardedHeaders>());
        app.Use(rule.Pass);
    }

    private Task Pass(HttpContext http, RequestDelegate next)
    {
        var declaration = declarations.Declaration;
        if (declaration.Url is not { Scheme: "https" } url)
        {
            return next(http);
        }

        if (http.Request.IsHttps)
        {
            Pin(http, url, declaration.Tls);
            return next(http);
        }

        return IsLetThrough(http) ? next(http) : Refuse(http, url);
    }

    /// <summary>
    /// RFC 6797 §7.2 and §8.1: said over https only, for this host only, and never with a certificate that browsers
    /// refuse: they would shut their users out.
    /// </summary>
    private static void Pin(HttpContext http, Uri url, TlsDeclaration? tls)
    {
        var endsHere = http.Features.Get<ITlsHandshakeFeature>() is not null;
        if ((!endsHere || tls is { IsSelfSigned: false })
            && string.Equals(http.Request.Host.Host, url.IdnHost, StringComparison.OrdinalIgnoreCase))
        {
            http.Response.Headers.StrictTransportSecurity = Transport;
        }
    }

    /// <summary>
    /// What never leaves the machine; probes of health, which carry no secrets; preflights, which must not be
    /// redirected (Fetch §4.8); and what a declared proxy hands on without a word about https.
    /// </summary>
    private bool IsLetThrough(HttpContext http)
    {
        var request = http.Request;
        if (HttpMethods.IsOptions(request.Method) || request.Path == Health)
        {
            return true;
        }

        var isForwarded = ForwardedHeaders.AreIn(request.Headers);
        if (forwarded.IsFromProxy(http))
        {
            return !isForwarded || forwarded.Read(http).Scheme is null;
        }

        return !isForwarded && CallerAddress.Of(http.Connection.RemoteIpAddress).IsLoopback
            && IsLoopback(request.Host.Host);
    }

    private static bool IsLoopback(string host) =>
        Uri.TryCreate("http://" + host, UriKind.Absolute, out var uri) && uri.IsLoopback;

    private Task Refuse(HttpContext http, Uri url)
    {
        var request = http.Request;
        var isUndeclared = ForwardedHeaders.AreIn(request.Headers) && !forwarded.IsFromProxy(http);
        if (!isUndeclared && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)))
        {
            UnreadBody.Close(http);
            http.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
            http.Response.Headers.CacheControl = "no-store";
            http.Response.Headers.Location = url.GetLeftPart(UriPartial.Authority)
                + request.PathBase.ToUriComponent() + request.Path.ToUriComponent()
                + request.QueryString.ToUriComponent();
            return Task.CompletedTask;
        }

        // A redirect from here would come back the same way, and go round for ever.
        var message = isUndeclared
            ? "This came through a proxy that is not declared, so whether it was sent over https is not known. "
                + "Name the proxy's network under `proxies:` in postroom.yaml."
            : $"This was sent over plain http and was not taken. Send it to {url.GetLeftPart(UriPartial.Authority)}, "
                + "and change whatever secret it held: others may have read it.";
        return FaultResponse.RefuseAsync(
            http, new Fault(FaultCatalogue.HttpsRequired, message) { ClosesConnection = true });
    }
}
