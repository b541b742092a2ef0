using System.Net;
using Postroom.Server.Tests.Programs;

namespace Postroom.Server.Tests.Commands;

/// <summary><c>link</c> beside a running server.</summary>
public sealed class LinkTests
{
    [Fact]
    public async Task A_link_made_beside_the_server_signs_in_once()
    {
        using var folder = TestFolder.WithContact();
        await using var server = await RunningServer.StartAsync(folder.Path);
        var link = await MakeAsync(folder.Path, "--listen", server.Address);
        Assert.StartsWith(server.Address + "/_postroom/sign-in?token=", link, StringComparison.Ordinal);
        using (var looked = await server.Client.GetAsync(link))
        {
            Assert.Equal(HttpStatusCode.OK, looked.StatusCode);
        }

        using var first = await SignInAsync(server, link);
        Assert.Equal(HttpStatusCode.SeeOther, first.StatusCode);
        using var second = await SignInAsync(server, link);
        Assert.Equal(HttpStatusCode.Gone, second.StatusCode);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/_postroom/");
        request.Headers.Add("Cookie", first.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        using var inbox = await server.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, inbox.StatusCode);
        using var stranger = await server.Client.GetAsync("/_postroom/");
        Assert.NotEqual(HttpStatusCode.OK, stranger.StatusCode);
    }

    [Fact]
    public async Task The_link_of_the_banner_signs_in()
    {
        using var folder = TestFolder.WithContact();
        await using var server = await RunningServer.StartAsync(folder.Path);
        using var answer = await SignInAsync(server, server.Banner("Inbox").Split(' ')[0]);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    [Theory]
    [InlineData("listen: http://127.0.0.1:4000", "http://127.0.0.1:4000/")]
    [InlineData("listen: \"http://*:4000\"", "http://localhost:4000/")]
    [InlineData("", "http://localhost:3000/")]
    [InlineData("url: https://post.example.com", "https://post.example.com/")]
    public async Task It_leads_where_the_declaration_says(string declared, string start)
    {
        using var folder = TestFolder.With(declared + "\nendpoints:\n  /api/contact: {kind: form}\n");
        await using var server = await RunningServer.StartAsync(folder.Path);
        Assert.StartsWith(start + "_postroom/sign-in?token=", await MakeAsync(folder.Path), StringComparison.Ordinal);
    }

    private static async Task<string> MakeAsync(params string[] arguments)
    {
        var made = await PostroomProgram.RunAsync(["link", .. arguments]);
        Assert.Equal((0, ""), (made.ExitCode, made.Error));
        return made.Output.TrimEnd('\n');
    }

    private static async Task<HttpResponseMessage> SignInAsync(RunningServer server, string link)
    {
        var uri = new Uri(link);
        using var request = new HttpRequestMessage(HttpMethod.Post, uri.AbsolutePath)
        {
            Content = new FormUrlEncodedContent([new("token", Uri.UnescapeDataString(uri.Query["?token=".Length..]))]),
        };
        request.Headers.Add("Origin", server.Address);
        return await server.Client.SendAsync(request);
    }
}
