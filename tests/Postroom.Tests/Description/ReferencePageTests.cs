using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Postroom.Declarations;
using Postroom.Description;
using Postroom.Plans;
using Postroom.Tests.Answers;
using Postroom.Tests.Hosts;
using Postroom.Tests.Resources;

namespace Postroom.Tests.Description;

/// <summary>The reference for people, over a socket.</summary>
public sealed class ReferencePageTests
{
    private const string Route = "/_postroom/docs";

    [Fact]
    public async Task Its_front_page_leads_to_every_operation()
    {
        await using var host = await PostHost.StartAsync(PostHost.Contact, ResourceHost.Users);
        var index = PageRules.Check(await host.Client.GetByteArrayAsync(Route, TestContext.Current.CancellationToken));
        var links = index.All("a").Select(link => link["href"]!).Where(link => link.StartsWith(Route + "/", StringComparison.Ordinal)).ToList();
        var plans = host.Services.GetRequiredService<PlanTable>().Plans;
        Assert.Equal(
            ApiDescription.Of(new PostroomDeclaration(), plans).Operations.Select(operation => $"{Route}/{operation.Id}"), links);
        foreach (var link in links)
        {
            using var page = await host.SendAsync(HttpMethod.Get, link);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            CheckOperation(await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task A_page_says_what_is_taken_and_what_is_answered()
    {
        await using var host = await PostHost.StartAsync();
        var text = await host.Client.GetStringAsync(Route + "/postApiContact", TestContext.Current.CancellationToken);
        var page = CheckOperation(text);
        Assert.Contains("application/json, application/x-www-form-urlencoded", text, StringComparison.Ordinal);
        Assert.Contains("string, at least 1 character, at most 200 characters", text, StringComparison.Ordinal);
        Assert.Contains("/_postroom/errors/validation-failed", page.All("a").Select(link => link["href"]));
        Assert.Contains($"curl &#39;{host.Address.ToString().TrimEnd('/')}/api/contact&#39;", text, StringComparison.Ordinal);
        Assert.Equal("application/json", page.ById("body")["data-type"]);
        Assert.Equal("POST", page.One("form")["data-method"]);
    }

    [Fact]
    public async Task Only_the_script_of_this_server_runs()
    {
        await using var host = await PostHost.StartAsync();
        using var page = await host.SendAsync(HttpMethod.Get, Route + "/postApiContact");
        Assert.Equal(
            "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; script-src 'self'; "
                + "connect-src 'self'; base-uri 'none'; frame-ancestors 'none'",
            page.Header("Content-Security-Policy"));
        using var script = await host.SendAsync(HttpMethod.Get, "/_postroom/reference.js");
        Assert.Equal("text/javascript; charset=utf-8", script.Content.Headers.ContentType!.ToString());
        Assert.InRange(script.Content.Headers.ContentLength!.Value, 1, 6_000);
    }

    [Fact]
    public async Task Words_of_a_schema_stay_words()
    {
        const string Wicked = "\"'><script>alert(1)</script>";
        var word = System.Text.Json.JsonSerializer.Serialize(Wicked);
        var schema = """{"type":"object","title":W,"description":W,"properties":{W:{"type":"string","description":W,"enum":[W]}}}"""
            .Replace("W", word, StringComparison.Ordinal);
        await using var host = await PostHost.StartAsync(new PostroomDeclaration
        {
            Endpoints = [PostHost.Contact with { Schema = Encoding.UTF8.GetBytes(schema), Respond = new() }],
            OpenApi = new OpenApiDeclaration { Title = Wicked, Description = Wicked },
        });
        PageRules.Check(await host.Client.GetByteArrayAsync(Route, TestContext.Current.CancellationToken));
        CheckOperation(await host.Client.GetStringAsync(Route + "/postApiContact", TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/%3Cscript%3E")]
    public async Task What_is_no_operation_has_no_page(string name)
    {
        await using var host = await PostHost.StartAsync();
        using var page = await host.SendAsync(HttpMethod.Get, Route + name);
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
    }

    /// <summary>The rules of every page hold but for the one script.</summary>
    private static Markup CheckOperation(string text)
    {
        const string Script = """<script type="module" src="/_postroom/reference.js"></script>""";
        Assert.Contains(Script, text, StringComparison.Ordinal);
        return PageRules.Check(Encoding.UTF8.GetBytes(text.Replace(Script, "", StringComparison.Ordinal)));
    }
}
