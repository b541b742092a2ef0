using System.Net;
using System.Runtime.InteropServices;
using System.Text.Json;
using Postroom.Server.Tests.Programs;
using Postroom.Tests.Walls;

namespace Postroom.Server.Tests.Publishing;

/// <summary>The server as one file that needs nothing else: published trimmed, started elsewhere, and posted to.</summary>
public sealed class PublishTests
{
    /// <summary>What the pages tell people to type.</summary>
    public const string Command =
        "publish src/Postroom.Server -c Release -r linux-x64 --self-contained -p:PublishSingleFile=true -p:PublishTrimmed=true -o";

    private const long BytesMax = 40_000_000;

    private static readonly string[] NotToBeHad = ["NU1100", "NU1101", "NU1102", "NU1301", "NU1801", "NETSDK1094", "NETSDK1127"];

    [Fact]
    public async Task The_published_program_is_one_file_that_takes_a_POST()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64, "It is published for linux-x64.");
        var program = await PublishAsync();
        Assert.Equal([program], Directory.GetFileSystemEntries(Path.GetDirectoryName(program)!));
        Assert.InRange(new FileInfo(program).Length, 1, BytesMax);

        using var folder = TestFolder.WithContact();
        await using var server = await RunningServer.StartAsync(new ProgramStart(
            program, "serve", folder.Path, "--listen", "http://127.0.0.1:0")
        {
            Folder = folder.Path,
            Variables = new Dictionary<string, string> { ["DOTNET_ROOT"] = folder.Path, ["DOTNET_BUNDLE_EXTRACT_BASE_DIR"] = folder["engine"] },
        });
        using var answer = await server.PostFormAsync(TestFolder.ContactPath, ("name", "Ada"), ("email", "ada@example.com"));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal("Thank you for contacting us, Ada!", body.RootElement.GetProperty("message").GetString());
        Assert.Contains("Sign in", await server.Client.GetStringAsync(server.Banner("Inbox").Split(' ')[0]), StringComparison.Ordinal);
        server.Process.Kill();
        await server.ExitCodeAsync();

        var stored = await PostroomProgram.RunAsync(new ProgramStart(
            program, "export", TestFolder.ContactPath, "--data", folder.Data, "--format", "csv"));
        Assert.EndsWith(",stored,,Ada,ada@example.com\r\n", stored.Output, StringComparison.Ordinal);
    }

    /// <summary>With folders of its own, so that it neither waits for nor spoils what is built beside it.</summary>
    private static async Task<string> PublishAsync()
    {
        var folder = Path.Combine(Repository.Root, "artifacts", "published");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        var result = await PostroomProgram.RunAsync(new ProgramStart(
            "dotnet",
            [
                .. Command.Split(' '), folder, "-p:RunAnalyzers=false", "-p:UseSharedCompilation=false", "--nodeReuse:false",
                $"-p:ArtifactsPath={Path.Combine(Repository.Root, "artifacts", "publish")}",
            ])
        {
            Folder = Repository.Root,
            Patience = TimeSpan.FromMinutes(20),
        });
        Assert.SkipWhen(
            result.ExitCode != 0 && NotToBeHad.Any(code => result.Output.Contains($"error {code}", StringComparison.Ordinal)),
            "The packs of the runtime that publishing needs could not be restored on this machine.");
        Assert.True(result.ExitCode == 0, result.Output);
        Assert.DoesNotContain("warning", result.Output, StringComparison.Ordinal);
        return Path.Combine(folder, "postroom");
    }
}
