using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Postroom.Exchange;
using Postroom.Storage;
using Postroom.Tests.Hosts;
using Postroom.Tests.Walls;

namespace Postroom.Tests.Validation;

/// <summary>Challenges and proofs are those of ALTCHA v1, by the judgement of its own library.</summary>
public sealed class AltchaLibraryTests
{
    private static readonly string s_folder = Path.Combine(Repository.Root, "tests", "web");

    [Fact]
    public async Task Its_solver_solves_our_challenges_and_its_proof_counts()
    {
        SkipWithoutLibrary();
        await using var host = await PostHost.StartAsync(ProofOfWorkTests.Endpoint);
        var proof = await RunAsync("solve", new Uri(host.Address, ProofOfWork.Route + "/api/contact").ToString());
        using var answer = await host.PostJsonAsync(ProofOfWork.Json("Ada", proof));
        Assert.Equal(EntryState.Stored, Assert.Single(host.Entries()).State);
    }

    [Fact]
    public async Task It_finds_our_proofs_right_and_spoilt_ones_wrong()
    {
        SkipWithoutLibrary();
        await using var host = await PostHost.StartAsync(ProofOfWorkTests.Endpoint);
        var key = Encoding.ASCII.GetString(ProofChallenges.Key(host.Store.Secret.Span));
        var solution = await ProofOfWork.SolutionAsync(host);
        Assert.Equal("true", await RunAsync("verify", key, ProofOfWork.Encode(solution)));
        Assert.Equal("false", await RunAsync("verify", key + "0", ProofOfWork.Encode(solution)));
        solution["number"] = JsonValue.Create(solution["number"]!.GetValue<int>() + 1);
        Assert.Equal("false", await RunAsync("verify", key, ProofOfWork.Encode(solution)));
    }

    private static void SkipWithoutLibrary() => Assert.SkipUnless(
        Directory.Exists(Path.Combine(s_folder, "node_modules", "altcha-lib"))
        && (File.Exists("/usr/bin/node") || File.Exists("/usr/local/bin/node")),
        "altcha-lib is not installed; run npm ci in tests/web");

    private static async Task<string> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("node", ["altcha.js", .. arguments])
        {
            WorkingDirectory = s_folder,
            RedirectStandardOutput = true,
        };
        using var node = Process.Start(start)!;
        var output = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, node.ExitCode);
        return output;
    }
}
