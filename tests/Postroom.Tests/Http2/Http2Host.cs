using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Postroom.Declarations;
using Postroom.Tests.Hosts;
using Postroom.Tests.Idempotency;

namespace Postroom.Tests.Http2;

/// <summary>A host that also listens on https, where HTTP/2 is offered, and the fields of a request to it.</summary>
public sealed class Http2Host : IAsyncLifetime
{
    public const string Length = "content-length";

    public const string CertificateName = "CN=localhost";

    private static readonly (string Name, string Value)[] Usual =
    [
        (":method", "POST"), (":scheme", "https"), (":authority", "localhost"), (":path", "/api/contact"),
        ("content-type", "application/json"),
    ];

    private X509Certificate2 _certificate = null!;
    private int _failures;

    public PostHost Host { get; private set; } = null!;

    /// <summary>Where HTTP/2 is spoken.</summary>
    public Uri Secure { get; private set; } = null!;

    /// <summary>What is stored is what was acknowledged.</summary>
    public int Count => Host.Entries().Count;

    /// <summary>No rates: the rows of a class share the host.</summary>
    public static EndpointDeclaration Unlimited { get; } =
        PostHost.Contact with { Limits = new LimitsDeclaration { Rate = null } };

    /// <summary>The fields of a usual request, some of them changed, and more behind them.</summary>
    public static (string Name, string Value)[] Fields(params (string Name, string Value)[] more) =>
    [
        .. Usual.Select(field => more.FirstOrDefault(other => other.Name == field.Name, field)),
        .. more.Where(field => !Usual.Any(usual => usual.Name == field.Name)),
    ];

    public ValueTask InitializeAsync() => StartAsync(new PostroomDeclaration { Endpoints = [Unlimited] });

    public static async Task<Http2Host> StartWithAsync(PostroomDeclaration declaration)
    {
        var host = new Http2Host();
        await host.StartAsync(declaration);
        return host;
    }

    /// <summary>Still serves on this connection and on a new one, whatever was sent before.</summary>
    internal async Task RequireServingAsync(Http2Client? client = null)
    {
        await using var other = await Http2Client.ConnectAsync(Secure);
        Assert.Equal("201", (await other.AskAsync(Fields(), Keys.Ada)).Statuses);
        if (client is not null)
        {
            Assert.Equal("201", (await client.AskAsync(Fields(), Keys.Ada)).Statuses);
        }
    }

    /// <summary>Once everything has ended: no request of any test of the class was answered with a 5xx.</summary>
    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _certificate.Dispose();
        Assert.Equal(0, _failures);
    }

    private async Task WatchAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.Response.StatusCode >= 500)
        {
            Interlocked.Increment(ref _failures);
        }
    }

    private async ValueTask StartAsync(PostroomDeclaration declaration)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        _certificate = new CertificateRequest(CertificateName, key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        Host = await PostHost.StartAsync(declaration, app => app.Use(WatchAsync), configure: builder =>
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, Offer)));
        Secure = new Uri(Host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!
            .Addresses.Single(address => address.StartsWith("https", StringComparison.Ordinal)));
    }

    private void Offer(ListenOptions listen) => listen.UseHttps(new TlsHandshakeCallbackOptions
    {
        OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
        {
            ServerCertificate = _certificate,
            ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
        }),
    });
}
