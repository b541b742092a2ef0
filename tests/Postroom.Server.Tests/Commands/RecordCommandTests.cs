using System.Text;
using System.Text.Json;
using Postroom.Server.Tests.Programs;

namespace Postroom.Server.Tests.Commands;

/// <summary>Commands over the records of a resource, beside a running server.</summary>
public sealed class RecordCommandTests
{
    private const string Declaration = """
        endpoints:
          /api/users:
            kind: resource
            access: public
            unique: [email]
            indexes: [[city, name]]
            upsert: {on: email}
            require: if-match
            schema:
              type: object
              required: [email]
              properties:
                email: {type: string, format: email, maxLength: 200}
                name: {type: string, maxLength: 100}
                city: {type: string, maxLength: 100}
                pin: {type: string, writeOnly: true}
                boss: {type: string, x-ref: /api/users}
        """;

    [Fact]
    public async Task The_plan_shows_the_table_and_what_holds_between_records()
    {
        using var folder = TestFolder.With(Declaration);
        var result = await PostroomProgram.RunAsync("check", folder.Path, "--plan");
        Assert.Equal(0, result.ExitCode);
        Assert.All(
            [
                "/api/users (resource)", "  access       create public, read public, list public, update public, delete public",
                "  columns      email_folded text (a for A), boss text, city text, name text, email text",
                "  unique index email_folded", "  upsert       /email", "  refers       /boss to /api/users, delete restrict", "  require      if-match",
            ],
            line => Assert.Contains("\n" + line, result.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Records_are_exported_whole_as_lines_and_as_a_table()
    {
        using var folder = TestFolder.With(Declaration);
        await using var server = await RunningServer.StartAsync(folder.Path);
        await PostAsync(server, """{"email":"ada@example.com","name":"=1+1","pin":"1234"}""");
        await PostAsync(server, """{"email":"eve@example.com","city":"Basel"}""");
        await PostAsync(server, """{"email":"ada@example.com","name":"Ada","pin":"1234"}""");

        var lines = await PostroomProgram.RunAsync("export", "/api/users", "--data", folder.Data);
        Assert.Equal((0, ""), (lines.ExitCode, lines.Error));
        var records = lines.Output.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal([2, 1], records.Select(record => record.GetProperty("version").GetInt32()));
        Assert.Equal("1234", records[0].GetProperty("document").GetProperty("pin").GetString());

        var table = await PostroomProgram.RunAsync("export", "/api/users", "--format", "csv", "--data", folder.Data);
        var rows = table.Output.Split("\r\n");
        Assert.Equal("id,created,updated,version,owner,email,name,pin,city", rows[0]);
        Assert.EndsWith(",2,,ada@example.com,Ada,1234,", rows[1], StringComparison.Ordinal);

        var entries = await PostroomProgram.RunAsync("export", "/api/users", "--entries", "--data", folder.Data);
        var actions = entries.Output.TrimEnd().Split('\n')
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("document").GetProperty("action").GetString());
        Assert.Equal(["create", "create", "update"], actions);
        Assert.DoesNotContain("example.com", entries.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_that_a_changed_schema_would_not_take_are_listed()
    {
        using var folder = TestFolder.With(Declaration);
        var id = "";
        await using (var server = await RunningServer.StartAsync(folder.Path))
        {
            id = await PostAsync(server, """{"email":"ada@example.com"}""");
            await PostAsync(server, """{"email":"eve@example.com","city":"Basel"}""");
        }

        var sound = await PostroomProgram.RunAsync("check", folder.Path, "--data", folder.Data);
        Assert.Equal(0, sound.ExitCode);
        Assert.Contains("/api/users: all of 2 records fit.", sound.Output, StringComparison.Ordinal);
        folder.Write("postroom.yaml", Declaration.Replace("[email]\n      properties", "[email, city]\n      properties", StringComparison.Ordinal));
        var changed = await PostroomProgram.RunAsync("check", folder.Path, "--data", folder.Data);
        Assert.Equal(1, changed.ExitCode);
        Assert.Contains($"/api/users/{id}: /city is required\n", changed.Output, StringComparison.Ordinal);
        Assert.Contains("/api/users: 1 of 2 records do not fit.", changed.Output, StringComparison.Ordinal);
    }

    private static async Task<string> PostAsync(RunningServer server, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await server.Client.PostAsync("/api/users", content);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return body.RootElement.GetProperty("id").GetString()!;
    }
}
