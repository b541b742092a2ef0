using System.Text.Json;
using Postroom.Server.Tests.Programs;

namespace Postroom.Server.Tests.Commands;

/// <summary><c>verify</c> as a shell sees it; what it finds is tested with the store.</summary>
public sealed class VerifyTests
{
    private const string Declaration = """
        endpoints:
          /api/contact: {kind: form}
        """;

    [Fact]
    public async Task It_counts_beside_a_running_server_and_after_it()
    {
        using var folder = TestFolder.With(Declaration);
        await using var server = await RunningServer.StartAsync(folder.Path);
        using (var answer = await server.PostJsonAsync("/api/contact", """{"name":"Ada"}"""))
        {
            Assert.True(answer.IsSuccessStatusCode);
        }

        await AssertFineAsync(folder);
        Assert.Equal(0, await server.StopAsync());
        await AssertFineAsync(folder);
    }

    [Fact]
    public async Task A_finding_ends_with_1_and_says_what_to_do()
    {
        using var folder = TestFolder.With(Declaration);
        await using (var server = await RunningServer.StartAsync(folder.Path))
        {
            Assert.Equal(0, await server.StopAsync());
        }

        Directory.CreateDirectory(folder["data/files/ab"]);
        folder.Write("data/files/ab/stray", "left over");
        File.SetLastWriteTimeUtc(folder["data/files/ab/stray"], new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        var text = await PostroomProgram.RunAsync("verify", folder.Data);
        Assert.Equal(1, text.ExitCode);
        Assert.Contains("file-orphan (1): ", text.Output, StringComparison.Ordinal);
        Assert.Contains("  files/ab/stray\n  What to do: ", text.Output, StringComparison.Ordinal);

        var json = await PostroomProgram.RunAsync("verify", folder.Path, "--json", "--deep");
        Assert.Equal(1, json.ExitCode);
        using var report = JsonDocument.Parse(json.Output);
        Assert.False(report.RootElement.GetProperty("fine").GetBoolean());
        var finding = Assert.Single(report.RootElement.GetProperty("findings").EnumerateArray());
        Assert.Equal("file-orphan", finding.GetProperty("code").GetString());
        Assert.NotEmpty(finding.GetProperty("advice").GetString()!);
    }

    [Fact]
    public async Task Without_a_store_it_says_so()
    {
        using var folder = TestFolder.With(Declaration);
        (await PostroomProgram.RunAsync("verify", folder.Path)).AssertFailed($"There is no store in {folder.Data}.");
    }

    private static async Task AssertFineAsync(TestFolder folder)
    {
        var result = await PostroomProgram.RunAsync("verify", folder.Path);
        Assert.Equal(
            $"/api/contact: 1 stored, 0 held, 0 refused, 0 running\nuploaded files: 0\n\n{folder.Data} is fine.\n",
            result.Output);
        Assert.Equal(0, result.ExitCode);
    }
}
