using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Postroom.Receiving;

namespace Postroom.Hosting;

/// <summary>
/// Gives a request the scheme and host that its client used, as far as declared proxies tell: cookies and the rules of
/// origins go by them. No address that we send is ever made from them.
/// </summary>
internal sealed class ForwardedGate(ForwardedHeaders forwarded) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(Pass);
        next(app);
    };

    private Task Pass(HttpContext http, RequestDelegate next)
    {
        if (ForwardedHeaders.AreIn(http.Request.Headers))
        {
            var hop = forwarded.Read(http);
            http.Request.Scheme = hop.Scheme ?? http.Request.Scheme;
            http.Request.Host = hop.Host is { } host ? new HostString(host) : http.Request.Host;
        }

        return next(http);
    }
}
