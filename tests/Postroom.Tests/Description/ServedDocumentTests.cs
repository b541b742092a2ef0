using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postroom.Declarations;
using Postroom.Plans;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Description;

/// <summary>The document over a socket.</summary>
public sealed class ServedDocumentTests
{
    private const string Route = "/_postroom/openapi.json";

    [Fact]
    public async Task It_is_served_with_a_tag_and_asked_for_again_each_time()
    {
        await using var host = await PostHost.StartAsync();
        using var first = await host.SendAsync(HttpMethod.Get, Route);
        Assert.Equal("application/json", first.Content.Headers.ContentType!.ToString());
        Assert.Equal("no-cache", first.Headers.CacheControl!.ToString());
        Assert.Equal("same-origin", first.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
        Assert.Equal("3.1.1", (string?)JsonNode.Parse(await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["openapi"]);

        using var known = await host.SendAsync(HttpMethod.Get, Route, ("If-None-Match", first.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
        using var head = await host.SendAsync(HttpMethod.Head, Route);
        Assert.Equal(first.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        using var coded = await host.SendAsync(HttpMethod.Get, Route, ("Accept-Encoding", "br"));
        Assert.Equal(["br"], coded.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task Where_openapi_is_off_nothing_is_there()
    {
        await using var host = await PostHost.StartAsync(new PostroomDeclaration
        {
            Endpoints = [PostHost.Contact],
            OpenApi = new OpenApiDeclaration { IsServed = false },
        });
        foreach (var route in (string[])[Route, "/_postroom/docs", "/_postroom/docs/postApiContact"])
        {
            using var answer = await host.SendAsync(HttpMethod.Get, route);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task It_follows_the_plans_in_force()
    {
        await using var host = await PostHost.StartAsync();
        using var before = await host.SendAsync(HttpMethod.Get, Route);
        var faults = new List<DeclarationFault>();
        var plan = PlanCompiler.Compile(new(), PostHost.Contact with { Path = "/api/other" }, null, null, faults)!;
        host.Services.GetRequiredService<PlanTable>().Replace([plan], null);
        using var after = await host.SendAsync(HttpMethod.Get, Route);
        Assert.NotEqual(before.Headers.ETag, after.Headers.ETag);
        Assert.Contains("/api/other", await after.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_of_C_sharp_is_described_like_one_of_the_file()
    {
        await using var host = await PostHost.StartNotesAsync(form => form.InTransaction((_, _, _) => ValueTask.CompletedTask));
        var document = JsonNode.Parse(await host.Client.GetStringAsync(Route, TestContext.Current.CancellationToken))!;
        var answers = document["paths"]!["/api/note"]!["post"]!["responses"]!.AsObject();
        Assert.Contains("402", answers.Select(answer => answer.Key));
        Assert.NotNull(document["components"]!["schemas"]!["ApiNote"]!["properties"]!["text"]);
    }
}
