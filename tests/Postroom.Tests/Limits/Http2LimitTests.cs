using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Postroom.Declarations;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Limits;

/// <summary>Over HTTP/2 a limit ends a stream with the same problem, and the connection goes on.</summary>
public sealed class Http2LimitTests
{
    [Fact]
    public async Task A_body_that_stops_ends_its_stream_and_others_of_the_connection_are_served()
    {
        await using var host = await StartAsync();
        using var client = ClientOf(host);
        using var slow = new StoppedContent();
        var answered = SendAsync(client, slow);
        await host.Time.TimerMadeAsync(left => Math.Abs(left.TotalSeconds - 15) < 0.005);
        using (var other = await SendAsync(client, Form("a=1")))
        {
            Assert.Equal(HttpStatusCode.Created, other.StatusCode);
        }

        host.Time.Advance(TimeSpan.FromSeconds(15));
        using var answer = await answered;
        Assert.Equal(HttpVersion.Version20, answer.Version);
        Assert.Equal(HttpStatusCode.RequestTimeout, answer.StatusCode);
        Assert.Equal("limits.minimumRate", await LimitAsync(answer));
        using var next = await SendAsync(client, Form("a=2"));
        Assert.Equal(HttpStatusCode.Created, next.StatusCode);
    }

    [Fact]
    public async Task Too_large_a_header_is_refused_with_its_limit()
    {
        await using var host = await StartAsync();
        using var client = ClientOf(host);
        using var content = Form("a=1");
        content.Headers.Add("X-A", new string('a', 40_000));
        using var answer = await SendAsync(client, content);
        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, answer.StatusCode);
        Assert.Equal("limits.headerBytes", await LimitAsync(answer));
        using var next = await SendAsync(client, Form("a=2"));
        Assert.Equal(HttpStatusCode.Created, next.StatusCode);
    }

    private static Task<PostHost> StartAsync() => PostHost.StartAsync(
        new PostroomDeclaration { Endpoints = [new() { Path = "/api/contact", Kind = EndpointKind.Form }] },
        configure: builder => builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2)));

    private static HttpClient ClientOf(PostHost host) => new()
    {
        BaseAddress = new Uri(
            host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Last()),
        DefaultRequestVersion = HttpVersion.Version20,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/contact")
        {
            Content = content,
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        return await client.SendAsync(request);
    }

    private static StringContent Form(string text) =>
        new(text, new MediaTypeHeaderValue("application/x-www-form-urlencoded"));

    private static async Task<string?> LimitAsync(HttpResponseMessage answer) =>
        (await answer.JsonAsync()).GetProperty("limit").GetProperty("name").GetString();

    /// <summary>Sends three bytes of a hundred and then nothing.</summary>
    private sealed class StoppedContent : HttpContent
    {
        public StoppedContent() => Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(
            Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await stream.WriteAsync("a=1"u8.ToArray(), cancellationToken);
            await stream.FlushAsync(cancellationToken);
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 100;
            return true;
        }
    }
}
