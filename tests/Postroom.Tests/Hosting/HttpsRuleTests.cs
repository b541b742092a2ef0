using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Postroom.Declarations;
using Postroom.Hosting;
using Postroom.Tests.Hosts;
using Postroom.Tests.Idempotency;

namespace Postroom.Tests.Hosting;

/// <summary>What becomes of plain http where the public address is https, and who is told to stay with https.</summary>
public sealed class HttpsRuleTests
{
    private const string Pinned = "max-age=31536000";
    private static readonly (string, string) Public = ("Host", "post.example.com");
    private static readonly (string, string) Page = ("Accept", "text/html");
    private static readonly (string, string) Evil = ("Host", "evil.example");

    [Theory]
    [InlineData("GET", "/api/contact", "/api/contact")]
    [InlineData("HEAD", "/api/contact?a=1&b=%0d%0aX:%20y", "/api/contact?a=1&b=%0d%0aX:%20y")]
    [InlineData("GET", "//evil.example/%0d%0aSet-Cookie:%20a", "//evil.example/%0D%0ASet-Cookie:%20a")]
    [InlineData("GET", "/_postroom/", "/_postroom/")]
    public async Task Pages_lead_on_to_the_address_that_is_declared(string method, string path, string target)
    {
        await using var host = await StartAsync();
        using var raw = await RawPost.SendBytesAsync(
            host.Address, $"{method} {path} HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        Assert.Equal(308, raw.Status);
        Assert.Contains($"Location: https://post.example.com:8443{target}\r\n", raw.Head + "\r\n");
        Assert.DoesNotContain("Strict-Transport-Security", raw.Head);
        Assert.DoesNotContain("\r\nSet-Cookie", raw.Head, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task What_was_sent_in_clear_is_refused_and_never_led_on(string method)
    {
        await using var host = await StartAsync();
        using var response = await host.SendAsync(new HttpMethod(method), "/api/contact", Evil);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        var json = await response.JsonAsync();
        Assert.Equal("https-required", json.GetProperty("code").GetString());
        Assert.Contains("https://post.example.com:8443", json.GetProperty("message").GetString());
        Assert.True(response.Headers.ConnectionClose);
        Assert.Null(response.Headers.Location);
    }

    [Fact]
    public async Task A_POST_in_clear_stores_nothing()
    {
        await using var host = await StartAsync();
        using var response = await host.PostJsonAsync(Keys.Ada, Public);
        Assert.Equal("https-required", await response.CodeAsync());
        Assert.Empty(host.Entries());
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost:3000")]
    [InlineData("[::1]:3000")]
    public async Task What_stays_on_the_machine_is_taken(string name)
    {
        await using var host = await StartAsync();
        using var response = await host.PostJsonAsync(Keys.Ada, ("Host", name));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    [Fact]
    public async Task Probes_of_health_and_preflights_are_answered()
    {
        await using var host = await StartAsync();
        using var health = await host.SendAsync(HttpMethod.Get, "/_postroom/health", Public);
        using var preflight = await host.SendAsync(HttpMethod.Options, "/api/contact", Public);
        Assert.Equal("200 204", $"{(int)health.StatusCode} {(int)preflight.StatusCode}");
    }

    [Theory]
    [InlineData("http://post.example.com")]
    [InlineData(null)]
    public async Task Without_an_https_address_nothing_changes(string? url)
    {
        await using var host = await StartAsync(Declare() with { Url = url is null ? null : new Uri(url) });
        using var response = await host.PostJsonAsync(Keys.Ada, Public);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Null(response.Header("Strict-Transport-Security"));
    }

    [Theory]
    [InlineData("https", 201, Pinned)]
    [InlineData("http", 403, null)]
    [InlineData("", 201, null)]
    public async Task A_declared_proxy_tells_how_the_client_came(string scheme, int status, string? pinned)
    {
        await using var host = await StartAsync(Declare("127.0.0.0/8"));
        using var response = await host.PostJsonAsync(Keys.Ada, Public, ("X-Forwarded-Proto", scheme));
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(pinned, response.Header("Strict-Transport-Security"));
    }

    [Fact]
    public async Task A_page_behind_a_declared_proxy_leads_on_only_from_http()
    {
        await using var host = await StartAsync(Declare("127.0.0.0/8"));
        using var clear = await host.SendAsync(HttpMethod.Get, "/api/contact", ("Forwarded", "proto=http"), Page);
        using var safe = await host.SendAsync(HttpMethod.Get, "/api/contact", ("Forwarded", "proto=https"), Page);
        Assert.Equal("308 200", $"{(int)clear.StatusCode} {(int)safe.StatusCode}");
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task Behind_an_undeclared_proxy_nobody_is_sent_round_and_the_key_is_named(string method)
    {
        await using var host = await StartAsync();
        using var response = await host.SendAsync(
            new HttpMethod(method), "/api/contact", Public, ("X-Forwarded-Proto", "https"));
        var json = await response.JsonAsync();
        Assert.Equal("https-required", json.GetProperty("code").GetString());
        Assert.Contains("`proxies:`", json.GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("post.example.com", true, Pinned)]
    [InlineData("POST.example.com:8443", true, Pinned)]
    [InlineData("other.example.com", true, null)]
    [InlineData("localhost", true, null)]
    [InlineData("post.example.com", false, null)]
    public async Task Only_a_real_certificate_and_the_declared_host_are_pinned(string name, bool isReal, string? pinned)
    {
        using var certificate = MakeCertificate();
        var tls = new TlsDeclaration { Certificate = isReal ? "/cert.pem" : null, Key = isReal ? "/key.pem" : null };
        await using var host = await PostHost.StartAsync(
            Declare() with { Tls = tls },
            HttpsRule.Use,
            configure: builder => builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(
                kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate))));
        using var client = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => certificate.Equals(shown) },
        });
        var addresses = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        var address = addresses.Single(text => text.StartsWith("https:", StringComparison.Ordinal));
        foreach (var path in (string[])["/api/contact", "/_postroom/errors/none"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address + path);
            request.Headers.Host = name;
            using var response = await client.SendAsync(request);
            Assert.Equal(pinned, response.Header("Strict-Transport-Security"));
        }
    }

    private static PostroomDeclaration Declare(params string[] proxies) => new()
    {
        Url = new Uri("https://post.example.com:8443"), Proxies = proxies, Endpoints = [PostHost.Contact],
    };

    private static Task<PostHost> StartAsync(PostroomDeclaration? declaration = null) =>
        PostHost.StartAsync(declaration ?? Declare(), HttpsRule.Use);

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=post.example.com", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
