using System.Net;
using Postroom.Declarations;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Receiving;

/// <summary>Safe methods pass from anywhere, since they change nothing; all others are refused by name.</summary>
public sealed class SafeMethodTests
{
    [Theory]
    [InlineData("GET", 200)]
    [InlineData("HEAD", 200)]
    [InlineData("OPTIONS", 204)]
    public async Task Safe_methods_pass_from_any_page_and_write_nothing(string method, int status)
    {
        await using var host = await PostHost.StartAsync(new PostroomDeclaration
        {
            Url = new Uri("https://post.example.com"), Endpoints = [PostHost.Contact],
        });
        using var response = await host.SendAsync(
            new HttpMethod(method), "/api/contact", ("Accept", "text/html"), ("Sec-Fetch-Site", "cross-site"),
            ("Origin", "https://evil.example"), ("Cookie", "session=1"));
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Null(response.Header("Access-Control-Allow-Origin"));
        Assert.Empty(host.Entries());
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("TRACE")]
    [InlineData("BREW")]
    public async Task Other_methods_are_answered_with_those_that_there_are(string method)
    {
        await using var host = await PostHost.StartAsync();
        using var response = await host.SendAsync(new HttpMethod(method), "/api/contact");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal("method-not-allowed", await response.CodeAsync());
        Assert.Equal("GET, HEAD, OPTIONS, POST", response.Header("Allow"));
    }

    [Fact]
    public async Task A_browser_reads_a_refused_method_as_a_page()
    {
        await using var host = await PostHost.StartAsync();
        using var response = await host.SendAsync(HttpMethod.Delete, "/api/contact", ("Accept", "text/html"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("GET, HEAD, OPTIONS, POST", response.Header("Allow"));
    }
}
