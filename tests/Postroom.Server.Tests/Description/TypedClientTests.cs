using System.Text.Json.Nodes;
using Postroom.Server.Tests.Programs;

namespace Postroom.Server.Tests.Description;

/// <summary>A client that is generated from the served document is compiled strictly and works against the server.</summary>
public sealed class TypedClientTests : IClassFixture<DescriptionTools>
{
    private const string Users = """

          /api/users:
            kind: resource
            schema:
              type: object
              required: [email]
              properties:
                email: {type: string, format: email}
                name: {type: string}
            unique: [email]
            access: public

        """;

    [Fact]
    public async Task A_generated_client_sends_repeats_and_knows_every_refusal()
    {
        DescriptionTools.Require();
        using var folder = TestFolder.WithContact();
        File.AppendAllText(folder["postroom.yaml"], Users);
        await using var server = await RunningServer.StartAsync(folder.Path);
        using var client = new TestFolder();
        DescriptionTools.Lend(client);
        client.Write("package.json", """{"type":"module"}""");
        client.Write("openapi.json", await server.Client.GetStringAsync("/_postroom/openapi.json"));
        foreach (var file in (string[])["client.ts", "tsconfig.json"])
        {
            File.Copy(Path.Combine(DescriptionTools.Folder, file), client[file]);
        }

        await RunAsync("openapi-typescript", client, "openapi.json", "-o", "api.d.ts");
        await RunAsync("tsc", client);
        var run = await PostroomProgram.RunAsync(new ProgramStart("node", "client.js", server.Address) { Folder = client.Path });
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(
            JsonNode.Parse("""
                {"created":[201,"Thank you for contacting us, Ada!",36],"repeated":[true,"replayed"],
                 "refused":["validation-failed",["/name required","/email format-email"]],
                 "reused":["idempotency-key-reused","new"],
                 "user":[201,1,"Ada"],"patched":[2,"Countess"],"late":"precondition-failed",
                 "list":[["ada@example.com"],null],"taken":["duplicate",true],"gone":[204,404]}
                """)!.ToJsonString(),
            run.Output.Trim());
    }

    private static async Task RunAsync(string tool, TestFolder folder, params string[] arguments)
    {
        var result = await DescriptionTools.RunAsync(tool, folder.Path, arguments);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }
}
