using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Postroom.Declarations;
using Postroom.Hosting;
using Postroom.Server.Sites;
using Postroom.Server.Tests.Programs;

namespace Postroom.Server.Tests.Sites;

/// <summary>A site before a form and an inbox, in this process and over a socket.</summary>
internal sealed class SiteHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SiteHost(WebApplication app)
    {
        _app = app;
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
        {
            BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!
                .Addresses.First()),
        };
    }

    public HttpClient Client { get; }

    public static async Task<SiteHost> StartAsync(TestFolder folder)
    {
        var declaration = new PostroomDeclaration
        {
            Site = folder.Path,
            Endpoints = [new EndpointDeclaration { Path = "/api/contact", Kind = EndpointKind.Form }],
        };
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UsePostroomKestrel()
            .ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.AddPostroom(new PostroomOptions { Declaration = declaration }).UseMemoryStore();
        var app = builder.Build();
        Site.Use(app, declaration);
        app.MapPostroom();
        app.MapPostroomConsole();
        await app.StartAsync();
        return new SiteHost(app);
    }

    public Task<HttpResponseMessage> GetAsync(
        string path, string? coding, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, null, coding, headers);

    public Task<HttpResponseMessage> PostAsync(
        string fields, string? coding, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, "/api/contact", fields, coding, headers);

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string? fields, string? coding, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (coding is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept-Encoding", coding);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Content = fields is null
            ? null
            : new StringContent(fields, Encoding.UTF8, "application/x-www-form-urlencoded");
        return await Client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
