using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Postroom.Bench.Schema;

/// <summary>ajv in a Node process with a loop of its own; only the result comes over the pipe.</summary>
internal sealed class Ajv : IDisposable
{
    private readonly Process _process;

    private Ajv(Process process) => _process = process;

    public Contestant Validate => new("ajv: validate only", (contest, repeats) => Ask(contest, repeats, "validate"));

    public Contestant Both => new("ajv: `JSON.parse` + validate", (contest, repeats) => Ask(contest, repeats, "both"));

    public Contestant Compile => new("ajv", (contest, repeats) => Ask(contest, repeats, "compile"));

    /// <summary>Null, with the reason on the error stream, where there is no Node or no package.</summary>
    public static Ajv? TryStart(string folder)
    {
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "ajv")))
        {
            Console.Error.WriteLine($"ajv is left out: run npm ci in {folder} first");
            return null;
        }

        var start = new ProcessStartInfo("node", "loop.js")
        {
            WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        return new Ajv(Process.Start(start)!);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private double Ask(Contest contest, int repeats, string work)
    {
        _process.StandardInput.WriteLine(new JsonObject
        {
            ["schema"] = contest.Schema, ["document"] = contest.Document, ["repeats"] = repeats, ["work"] = work,
            ["expected"] = contest.IsValid,
        }.ToJsonString());
        _process.StandardInput.Flush();
        return double.Parse(_process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
    }
}
