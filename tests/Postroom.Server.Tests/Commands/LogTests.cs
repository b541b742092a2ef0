using System.Text.Json;
using Postroom.Server.Tests.Programs;

namespace Postroom.Server.Tests.Commands;

/// <summary>What the server writes for a POST.</summary>
public sealed class LogTests
{
    private const string Hostile = "Ada\r\nPOST /api/contact 201 stored forged\u001b[31m";

    [Fact]
    public async Task A_POST_is_a_line_with_what_was_received()
    {
        using var folder = TestFolder.WithContact();
        await using var server = await RunningServer.StartAsync(folder.Path);
        using var answer = await server.PostJsonAsync(TestFolder.ContactPath, """{"name":"Ada","email":"ada@example.com"}""");
        var entry = answer.Headers.GetValues("Postroom-Entry").Single();
        var line = await server.Output.WaitForAsync(line => line.StartsWith("POST ", StringComparison.Ordinal));
        Assert.StartsWith($"POST /api/contact 201 stored {entry} ", line, StringComparison.Ordinal);
        Assert.EndsWith("""{"name":"Ada","email":"ada@example.com"}""", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_json_every_line_of_the_standard_output_is_an_object()
    {
        using var folder = TestFolder.WithContact();
        await using var server = await RunningServer.StartAsync(folder.Path, "--log", "json");
        using var stored = await server.PostFormAsync(TestFolder.ContactPath, ("name", Hostile), ("email", "ada@example.com"));
        using var refused = await server.PostFormAsync(TestFolder.ContactPath, ("name", Hostile));
        folder.Write("postroom.yaml", "endpoints: 7");
        await server.Output.WaitForAsync(line => line.Contains("The changed declaration was refused", StringComparison.Ordinal));
        Assert.Equal(0, await server.StopAsync());
        var posts = new List<string>();
        foreach (var line in server.Output.Lines)
        {
            using var json = JsonDocument.Parse(line);
            Assert.NotEmpty(json.RootElement.GetProperty("Timestamp").GetString()!);
            posts.Add(json.RootElement.GetProperty("Message").GetString()!);
        }

        Assert.Equal(2, posts.Count(post => post.StartsWith("POST /api/contact ", StringComparison.Ordinal)));
        Assert.Contains("Inbox ", server.Errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_sent_cannot_forge_a_line()
    {
        using var folder = TestFolder.WithContact();
        await using var server = await RunningServer.StartAsync(folder.Path);
        using var answer = await server.PostFormAsync(TestFolder.ContactPath, ("name", Hostile), ("email", "ada@example.com"));
        await server.Output.WaitForAsync(line => line.StartsWith("POST ", StringComparison.Ordinal));
        await server.StopAsync();
        Assert.Single(server.Output.Lines, line => line.StartsWith("POST ", StringComparison.Ordinal));
        Assert.DoesNotContain('\u001b', server.Output.ToString());
    }

    [Fact]
    public async Task Off_leaves_warnings_and_the_banner()
    {
        using var folder = TestFolder.WithContact();
        await using var server = await RunningServer.StartAsync(folder.Path, "--log", "off");
        using var answer = await server.PostFormAsync(TestFolder.ContactPath, ("name", "Ada"), ("email", "ada@example.com"));
        await server.StopAsync();
        Assert.DoesNotContain(server.Output.Lines, line => line.StartsWith("POST ", StringComparison.Ordinal));
        Assert.NotEmpty(server.Banner("Page"));
    }
}
