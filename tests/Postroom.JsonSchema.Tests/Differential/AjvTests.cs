using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Postroom.JsonSchema.Tests.Properties;

namespace Postroom.JsonSchema.Tests.Differential;

/// <summary>Generated schemas and documents, judged by ajv too. Every disagreement must have its reason here.</summary>
public sealed class AjvTests
{
    private const int Schemas = 600;
    private const int DocumentsForEach = 5;

    [Fact]
    public void Ajv_and_the_walk_agree_or_the_reason_is_known()
    {
        string folder = Path.Combine(Corpora.RepositoryRoot(), "bench", "schema", "ajv");
        Assert.SkipUnless(
            Install(folder), "ajv cannot be had: there is no node or npm, or its package cannot be fetched");
        Pair[] pairs = [.. Enumerable.Range(1, Schemas).Select(seed => new Pair(seed))];
        string[] answers = Ask(folder, pairs);
        int agreed = 0, failed = 0;
        var unexplained = new List<string>();
        var faults = new SchemaFaults();
        foreach ((Pair pair, string answer) in pairs.Zip(answers))
        {
            SchemaCompilation compilation = CompiledSchema.Compile(Encoding.UTF8.GetBytes(pair.Schema));
            if (!compilation.Succeeded || !answer.StartsWith('['))
            {
                // Loops of references are refused while compiling here; some schemas make ajv fail while compiling.
                failed += compilation.Succeeded ? 1 : 0;
                continue;
            }

            bool[] verdicts = JsonSerializer.Deserialize<bool[]>(answer)!;
            foreach ((string document, bool accepted) in pair.Documents.Zip(verdicts))
            {
                bool ours = compilation.Schema.Walk(Encoding.UTF8.GetBytes(document), faults) == JsonVerdict.Valid;
                agreed += ours == accepted ? 1 : 0;
                if (ours != accepted && Reason(pair.Schema, document, ours) is null)
                {
                    unexplained.Add($"ajv: {accepted}, here: {ours}, {document} by {pair.Schema}");
                }
            }
        }

        Assert.True(unexplained.Count == 0, string.Join("\n\n", unexplained.Take(5)) + $"\n{unexplained.Count}");
        Assert.True(failed < Schemas / 50, $"{failed} schemas that ajv does not compile");
        Assert.True(agreed > Schemas * DocumentsForEach * 8 / 10, $"{agreed} agreed");
    }

    /// <summary>Why the two differ, checked by the textbook evaluator, which must agree with the walk.</summary>
    private static string? Reason(string schema, string document, bool ours)
    {
        using JsonDocument rules = JsonDocument.Parse(schema), value = JsonDocument.Parse(document);
        bool textbook = new TextbookEvaluator(rules.RootElement).Accepts(value.RootElement);
        if (textbook != ours)
        {
            return null;
        }

        if (document.Contains("[]", StringComparison.Ordinal)
            && schema.Contains("\"minContains\": 2", StringComparison.Ordinal))
        {
            return "ajv takes an empty array where two items must match";
        }

        return schema.Contains("\"unevaluated", StringComparison.Ordinal)
            ? "ajv miscounts what branches evaluated, such as an if that does not hold"
            : null;
    }

    private static bool Install(string folder)
    {
        if (Directory.Exists(Path.Combine(folder, "node_modules", "ajv")))
        {
            return Run("node", "--version", folder, null) is not null;
        }

        return Run("npm", "ci --silent", folder, null) is not null;
    }

    private static string[] Ask(string folder, Pair[] pairs)
    {
        string lines = string.Join('\n', pairs.Select(pair => new JsonObject
        {
            ["schema"] = JsonNode.Parse(pair.Schema),
            ["documents"] = new JsonArray([.. pair.Documents.Select(document => JsonValue.Create(document))]),
        }.ToJsonString()));
        return Run("node", "judge.js", folder, lines)!.TrimEnd().Split('\n');
    }

    /// <summary>What the program wrote; null when it cannot be run or fails.</summary>
    private static string? Run(string program, string arguments, string folder, string? input)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            process.WaitForExit();
            return process.ExitCode == 0 ? output.Result : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private sealed record Pair(int Seed)
    {
        public string Schema { get; } = new RandomJson(Seed).Schema(2);

        public string[] Documents { get; } = [.. Enumerable.Range(1, DocumentsForEach)
            .Select(variant => new RandomJson(Seed ^ (variant * 7919)).Document(2))];
    }
}
