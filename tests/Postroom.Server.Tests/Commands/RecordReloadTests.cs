using System.Net;
using System.Text;
using System.Text.Json;
using Postroom.Server.Tests.Programs;

namespace Postroom.Server.Tests.Commands;

/// <summary>A resource that changes while the server runs: its table is ready before its plan is in force.</summary>
public sealed class RecordReloadTests
{
    private const string Plain = """
        endpoints:
          /api/users:
            kind: resource
            access: public
            schema: {type: object, properties: {email: {type: string, format: email, maxLength: 100}, city: {type: string}}}
        """;

    private static readonly string s_unique = Plain + "\n    unique: [email]\n";

    [Fact]
    public async Task A_new_unique_rule_holds_for_the_records_that_were_there()
    {
        using var folder = TestFolder.With(Plain);
        await using var server = await RunningServer.StartAsync(folder.Path);
        var (_, first) = await PostAsync(server, """{"email":"ada@example.com"}""");
        folder.Write("postroom.yaml", s_unique);
        await server.Output.WaitForAsync(line => line.StartsWith("The declaration has changed", StringComparison.Ordinal));
        var (status, problem) = await PostAsync(server, """{"email":"Ada@example.com"}""");
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal(first.GetProperty("id").GetString(), problem.GetProperty("existing").GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_rule_that_records_contradict_is_refused_with_their_ids_and_the_old_one_stays()
    {
        using var folder = TestFolder.With(Plain);
        await using (var server = await RunningServer.StartAsync(folder.Path))
        {
            var (_, first) = await PostAsync(server, """{"email":"ada@example.com"}""");
            var (_, second) = await PostAsync(server, """{"email":"ADA@example.com"}""");
            folder.Write("postroom.yaml", s_unique);
            var line = await server.Output.WaitForAsync(
                line => line.Contains("The changed declaration was refused", StringComparison.Ordinal));
            Assert.Contains("/api/users: unique: records have the same /email: ", line, StringComparison.Ordinal);
            Assert.Contains(first.GetProperty("id").GetString()!, line, StringComparison.Ordinal);
            Assert.Contains(second.GetProperty("id").GetString()!, line, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.Created, (await PostAsync(server, """{"email":"ada@example.com"}""")).Status);
        }

        var start = await PostroomProgram.RunAsync("serve", folder.Path, "--listen", "http://127.0.0.1:0");
        Assert.Equal(1, start.ExitCode);
        Assert.Contains("unique: records have the same /email", start.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", start.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_resource_that_is_new_takes_records_as_soon_as_it_is_in_force()
    {
        using var folder = TestFolder.With("endpoints: {/api/contact: {kind: form}}\n");
        await using var server = await RunningServer.StartAsync(folder.Path);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(server, "{}")).Status);
        folder.Write("postroom.yaml", Plain);
        await server.Output.WaitForAsync(line => line.StartsWith("The declaration has changed", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(server, "{}")).Status);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(RunningServer server, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await server.Client.PostAsync("/api/users", content);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return (answer.StatusCode, body.RootElement.Clone());
    }
}
