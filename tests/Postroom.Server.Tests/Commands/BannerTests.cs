using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Postroom.Server.Tests.Programs;

namespace Postroom.Server.Tests.Commands;

/// <summary>What <c>serve</c> says when it listens, and that each line of it is true.</summary>
public sealed class BannerTests
{
    [Fact]
    public async Task The_banner_names_page_line_link_folder_and_mode()
    {
        using var folder = TestFolder.WithContact();
        await using var server = await RunningServer.StartAsync(folder.Path);
        Assert.Equal(server.Address + "/", server.Banner("Page"));
        Assert.StartsWith($"curl {server.Address}/api/contact ", server.Banner("Try"), StringComparison.Ordinal);
        Assert.StartsWith($"{server.Address}/_postroom/sign-in?token=", server.Banner("Inbox"), StringComparison.Ordinal);
        Assert.Equal(server.Address + "/_postroom/docs", server.Banner("Docs"));
        Assert.Equal(folder.Data, server.Banner("Data"));
        Assert.Equal("development: pages of this machine may post; set `url:` for production", server.Banner("Mode"));
        Assert.True(File.Exists(Path.Combine(server.Banner("Data"), "postroom.db")));
        Assert.Contains("<form", await server.Client.GetStringAsync(server.Banner("Page")), StringComparison.Ordinal);
    }

    public static TheoryData<string> Declarations { get; } = new(
        "endpoints:\n  /api/contact: {kind: form}\n",
        File.ReadAllText(Path.Combine(Postroom.Tests.Walls.Repository.Root, "examples", "contact", "postroom.yaml"))
            .Replace("site: ./site", "", StringComparison.Ordinal),
        """
        endpoints:
          /api/order:
            kind: form
            idempotency: required
            schema:
              type: object
              required: [it's, size, count, colour, day, note, lines, exact]
              properties:
                it's: {type: string, minLength: 12}
                size: {enum: ["it's big", small]}
                count: {type: integer, minimum: 7}
                colour: {type: string, maxLength: 3}
                day: {type: string, format: date}
                note: {type: object, required: [text], properties: {text: {type: string}}}
                lines: {type: array, minItems: 2, items: {type: integer}}
                exact: {const: 42}
        """);

    [Theory, MemberData(nameof(Declarations))]
    public async Task The_line_to_try_works_in_a_shell(string yaml)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/curl") || File.Exists("/bin/curl"), "There is no curl on this machine.");
        using var folder = TestFolder.With(yaml);
        await using var server = await RunningServer.StartAsync(folder.Path);
        var tried = await PostroomProgram.RunAsync(
            new ProgramStart("/bin/bash", "-c", server.Banner("Try") + " --fail-with-body --silent --noproxy '*'"));
        Assert.True(tried.ExitCode == 0, tried.Output + tried.Error);
        using var answer = JsonDocument.Parse(tried.Output);
        Assert.NotEmpty(answer.RootElement.GetProperty("message").GetString()!);
        Assert.NotEmpty(answer.RootElement.GetProperty("id").GetString()!);
    }

    [Fact]
    public async Task A_line_that_the_schema_would_refuse_says_so_as_a_comment()
    {
        using var folder = TestFolder.With("""
            endpoints:
              /api/code:
                kind: form
                schema: {type: object, required: [code], properties: {code: {type: string, pattern: "^[0-9]{4}$"}}}
            """);
        await using var server = await RunningServer.StartAsync(folder.Path);
        Assert.EndsWith("   # change the values: the schema asks for more", server.Banner("Try"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schema_that_asks_for_itself_does_not_hang_the_banner()
    {
        using var folder = TestFolder.With("""
            endpoints:
              /api/tree:
                kind: form
                schema:
                  $ref: "#/$defs/node"
                  $defs: {node: {type: object, required: [child], properties: {child: {$ref: "#/$defs/node"}}}}
            """);
        await using var server = await RunningServer.StartAsync(folder.Path);
        Assert.Contains("""{"child":""", server.Banner("Try"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_site_the_page_is_the_form_itself()
    {
        using var folder = TestFolder.With("endpoints:\n  /api/contact: {kind: form}\n");
        await using var server = await RunningServer.StartAsync(folder.Path);
        Assert.Equal(server.Address + "/api/contact", server.Banner("Page"));
    }

    [Fact]
    public async Task With_a_url_the_link_and_the_mode_are_those_of_production()
    {
        using var folder = TestFolder.With("url: https://post.example.com\nendpoints:\n  /api/contact: {kind: form}\n");
        await using var server = await RunningServer.StartAsync(folder.Path);
        Assert.StartsWith("https://post.example.com/_postroom/sign-in?token=", server.Banner("Inbox"), StringComparison.Ordinal);
        Assert.Equal("production at https://post.example.com: only listed origins may post", server.Banner("Mode"));
    }

    [Fact]
    public async Task The_data_option_counts_before_the_declaration()
    {
        using var folder = TestFolder.With("data: ./elsewhere\nendpoints:\n  /api/contact: {kind: form}\n");
        await using var server = await RunningServer.StartAsync(folder.Path, "--data", folder["chosen"]);
        Assert.Equal(folder["chosen"], server.Banner("Data"));
        Assert.True(File.Exists(Path.Combine(folder["chosen"], "postroom.db")));
        Assert.False(Directory.Exists(folder["elsewhere"]));
    }

    [Fact]
    public async Task PORT_counts_before_the_declaration_and_after_the_command_line()
    {
        using var folder = TestFolder.With("listen: http://127.0.0.1:1\nendpoints:\n  /api/contact: {kind: form}\n");
        var port = FreePort();
        var variables = new Dictionary<string, string> { ["PORT"] = $"{port}" };
        await using (var server = await RunningServer.StartAsync(
            new ProgramStart(PostroomProgram.Path, "serve", folder.Path) { Variables = variables }))
        {
            Assert.Equal(port, new Uri(server.Address).Port);
        }

        await using var told = await RunningServer.StartAsync(
            new ProgramStart(PostroomProgram.Path, "serve", folder.Path, "--listen", "http://127.0.0.1:0") { Variables = variables });
        Assert.NotEqual(port, new Uri(told.Address).Port);
    }

    [Fact]
    public async Task On_the_network_it_listens_everywhere_and_names_this_machine()
    {
        using var folder = TestFolder.With("endpoints:\n  /api/contact: {kind: form}\n");
        await using var server = await RunningServer.StartAsync(folder.Path, "--lan");
        Assert.Contains(", and on every other address of this machine", server.Output.ToString(), StringComparison.Ordinal);
        var lan = server.Output.Lines.FirstOrDefault(line => line.StartsWith("  LAN ", StringComparison.Ordinal))?[9..];
        Assert.SkipWhen(lan is null, "This machine has no network besides itself.");
        using var answer = await server.Client.PostAsync(new Uri(lan + "api/contact"), new FormUrlEncodedContent([new("name", "Ada")]));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Fact]
    public async Task Without_it_only_this_machine_is_listened_to()
    {
        using var folder = TestFolder.With("endpoints:\n  /api/contact: {kind: form}\n");
        var port = FreePort();
        await using var server = await RunningServer.StartAsync(folder.Path, "--listen", $"http://localhost:{port}");
        using var everywhere = new TcpListener(IPAddress.Parse("127.0.0.2"), port);
        everywhere.Start();
        Assert.DoesNotContain("every other address", server.Output.ToString(), StringComparison.Ordinal);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
