using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Postroom.Declarations;
using Postroom.Hosting;
using Postroom.S3.Tests.Servers;
using Postroom.Sqlite;

namespace Postroom.S3.Tests;

/// <summary>Files of forms that are kept in a bucket.</summary>
public sealed class HostTests(ObjectStore server)
{
    [Fact]
    public async Task The_file_of_a_form_is_an_object_of_the_bucket()
    {
        var bucket = server.IsSimple ? server.NewBucket() : server.Options.Bucket;
        await using var app = await StartAsync(server.Options with { Bucket = bucket });
        using var answer = await PostAsync(app, new byte[100_000]);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        if (server.IsSimple)
        {
            Assert.StartsWith("files/", Assert.Single(server.ObjectsOf(bucket)), StringComparison.Ordinal);
        }
    }

    /// <summary>No state of the bucket is the client's fault, nor ours: it may come again, and gets its answer then.</summary>
    [Theory]
    [InlineData("HEAD", "AccessDenied", HttpStatusCode.ServiceUnavailable)]
    [InlineData("PUT", "AccessDenied", HttpStatusCode.ServiceUnavailable)]
    [InlineData("PUT", "Dropped", HttpStatusCode.ServiceUnavailable)]
    [InlineData("PUT", "QuotaExceeded", HttpStatusCode.InsufficientStorage)]
    public async Task A_bucket_that_is_lost_while_the_server_runs_is_a_503_and_no_entry(
        string kind, string fault, HttpStatusCode status)
    {
        Assert.SkipUnless(server.IsSimple, "The front is made for the store from npm.");
        await using var front = await FaultyFront.StartAsync(server.Options.Endpoint);
        await using var app = await StartAsync(
            server.Options with { Bucket = server.NewBucket(), Endpoint = front.Address, Tries = 2 });
        front.Judge = request => request.Kind == kind && request.Key.StartsWith("files/", StringComparison.Ordinal)
            ? Enum.Parse<FrontFault>(fault) : FrontFault.None;

        using (var refused = await PostAsync(app, new byte[1000]))
        {
            Assert.Equal(status, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        front.Judge = _ => FrontFault.None;
        using var answer = await PostAsync(app, new byte[1000]);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    internal static async Task<WebApplication> StartAsync(S3Options options, string? data = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UsePostroomKestrel().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var postroom = builder.AddPostroom(new PostroomOptions
        {
            Data = data,
            Declaration = new PostroomDeclaration
            {
                Endpoints = [new EndpointDeclaration { Path = "/f", Kind = EndpointKind.Form }],
            },
        });
        (data is null ? postroom.UseMemoryStore() : postroom.UseSqlite()).UseS3(options);
        var app = builder.Build();
        app.MapPostroom();
        await app.StartAsync();
        return app;
    }

    internal static async Task<HttpResponseMessage> PostAsync(WebApplication app, byte[] bytes)
    {
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        using var form = new MultipartFormDataContent
        {
            { new StringContent("Ada"), "name" },
            { new ByteArrayContent(bytes), "notes", "notes.txt" },
        };
        bytes.AsSpan().Fill((byte)'a');
        return await http.PostAsync(new Uri("/f", UriKind.Relative), form);
    }
}
