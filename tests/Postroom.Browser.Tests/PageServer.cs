using System.Net.Mime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Postroom.Browser.Tests;

/// <summary>Pages of another origin: one page of HTML on a port of its own, and a place that leads on.</summary>
internal sealed class PageServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PageServer(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    /// <summary>What it serves.</summary>
    public string Html { get; set; } = "";

    /// <summary>Where POSTs to <see cref="Redirect"/> are led on to, with their body (RFC 9110 §15.4.8).</summary>
    public string Target { get; set; } = "/";

    public string Redirect => Url + "/redirect";

    /// <summary>The same server under a name that is another site than that of the servers under test.</summary>
    public string OtherSite => Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

    public static async Task<PageServer> StartAsync(string html = "")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new PageServer(app) { Html = html };
        app.MapGet("/", () => Results.Content(server.Html, MediaTypeNames.Text.Html));
        app.MapPost("/redirect", () => Results.Redirect(server.Target, permanent: false, preserveMethod: true));
        await app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
