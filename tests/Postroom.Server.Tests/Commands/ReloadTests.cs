using System.Net;
using System.Text.Json;
using Postroom.Server.Tests.Programs;

namespace Postroom.Server.Tests.Commands;

/// <summary>A running server follows its file.</summary>
public sealed class ReloadTests
{
    private const string Before = "endpoints:\n  /api/contact: {kind: form, respond: {created: {message: Before}}}\n";
    private const string After = "endpoints:\n  /api/contact: {kind: form, respond: {created: {message: After}}}\n  /api/more: {kind: form}\n";

    [Fact]
    public async Task A_changed_file_counts_from_the_next_POST_on()
    {
        using var folder = TestFolder.With(Before);
        await using var server = await RunningServer.StartAsync(folder.Path);
        Assert.Equal("Before", await MessageAsync(server));
        using var early = await server.PostFormAsync("/api/more", ("name", "Ada"));
        Assert.Equal(HttpStatusCode.NotFound, early.StatusCode);

        folder.Write("postroom.yaml", After);
        await server.Output.WaitForAsync(line => line == "The declaration has changed: 2 endpoints are in force.");
        Assert.Equal("After", await MessageAsync(server));
        using var late = await server.PostFormAsync("/api/more", ("name", "Ada"));
        Assert.Equal(HttpStatusCode.Created, late.StatusCode);
    }

    [Fact]
    public async Task A_faulty_file_is_refused_with_its_place_and_the_old_one_stays()
    {
        using var folder = TestFolder.With(Before);
        await using var server = await RunningServer.StartAsync(folder.Path);
        folder.Write("postroom.yaml", "endpoints:\n  /api/contact: {kind: from}\n  /api/more: {kind: form, colour: red}\n");
        var kind = await server.Output.WaitForAsync(line => line.Contains("postroom.yaml:2:24:", StringComparison.Ordinal));
        Assert.StartsWith("error: The changed declaration was refused, the old one stays in force. ", kind, StringComparison.Ordinal);
        await server.Output.WaitForAsync(line => line.Contains("postroom.yaml:3:27:", StringComparison.Ordinal));
        Assert.Equal("Before", await MessageAsync(server));

        folder.Write("postroom.yaml", After);
        await server.Output.WaitForAsync(line => line.StartsWith("The declaration has changed", StringComparison.Ordinal));
        Assert.Equal("After", await MessageAsync(server));
    }

    [Fact]
    public async Task A_changed_file_of_a_schema_counts_too_and_a_faulty_one_is_refused()
    {
        using var folder = TestFolder.With("endpoints: {/api/contact: {kind: form, schema: contact.json}}\n");
        folder.Write("contact.json", """{"type": "object", "properties": {"name": {"$ref": "parts/name.json"}}}""");
        Directory.CreateDirectory(Path.Combine(folder.Path, "parts"));
        folder.Write("parts/name.json", """{"type": "string"}""");
        await using var server = await RunningServer.StartAsync(folder.Path);
        Assert.Equal(HttpStatusCode.Created, await StatusAsync(server));

        folder.Write("parts/name.json", """{"minLength": 10}""");
        await server.Output.WaitForAsync(line => line.StartsWith("The declaration has changed", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(server));

        folder.Write("parts/name.json", """{"minLenght": 1}""");
        await server.Output.WaitForAsync(line =>
            line.StartsWith("error: The changed declaration was refused, the old one stays in force. ", StringComparison.Ordinal)
            && line.Contains("name.json:1:2:", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(server));
    }

    [Fact]
    public async Task What_is_read_at_the_start_only_is_named_when_it_changes()
    {
        using var folder = TestFolder.With(Before);
        await using var server = await RunningServer.StartAsync(folder.Path);
        folder.Write("postroom.yaml", "limits: {queue: 100, headers: 50}\n" + After);
        foreach (var key in new[] { "limits.headers", "limits.queue" })
        {
            await server.Output.WaitForAsync(line => line == $"warning: `{key}` has changed in the declaration: "
                + "it is read at the start, so restart the server for it to count.");
        }

        Assert.Equal("After", await MessageAsync(server));
    }

    private static async Task<HttpStatusCode> StatusAsync(RunningServer server)
    {
        using var answer = await server.PostFormAsync("/api/contact", ("name", "Ada"));
        return answer.StatusCode;
    }

    private static async Task<string?> MessageAsync(RunningServer server)
    {
        using var answer = await server.PostFormAsync("/api/contact", ("name", "Ada"));
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return body.RootElement.GetProperty("message").GetString();
    }
}
