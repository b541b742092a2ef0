using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Postroom.JsonSchema.Tests.Conformance;

/// <summary>The official JSON Schema 2020-12 suite: every file, the optional ones too, with its remote documents.
/// </summary>
public sealed class OfficialSuiteTests
{
    private const string Folder = "json-schema/tests/draft2020-12";

    private static readonly string[] DependsOnTheWay =
        ["$dynamicRef", "\"$ref\": \"https://json-schema.org/draft/2020-12/schema\""];

    public static TheoryData<string> FileNames()
    {
        string? folder = Corpora.Find(Folder);
        return folder is null ? ["absent"] :
        [
            .. Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories)
                .Select(path => Path.ChangeExtension(Path.GetRelativePath(folder, path), null).Replace('\\', '/'))
                .Order(StringComparer.Ordinal),
        ];
    }

    [Theory]
    [MemberData(nameof(FileNames))]
    public void Every_test_of_the_file_has_its_verdict(string file)
    {
        var wrong = new List<string>();
        foreach ((string name, byte[] schema, JsonElement tests) in Groups(file))
        {
            SchemaCompilation compilation = CompiledSchema.Compile(schema, Options(file));
            if (!compilation.Succeeded)
            {
                wrong.Add($"{name} does not compile: {compilation.Errors[0]}");
                continue;
            }

            wrong.AddRange(WrongVerdicts(compilation.Schema, tests, name));
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    /// <summary>
    /// With every reference leading to a name in one document a schema means what it meant, but where that depends on
    /// the way or on a meta-schema.
    /// </summary>
    [Theory]
    [MemberData(nameof(FileNames))]
    public void Every_test_has_its_verdict_when_its_schema_is_bundled(string file)
    {
        var wrong = new List<string>();
        foreach ((string name, byte[] schema, JsonElement tests) in Groups(file))
        {
            string text = Encoding.UTF8.GetString(schema);
            if (file is "dynamicRef" or "optional/format-assertion" || DependsOnTheWay.Any(text.Contains))
            {
                continue;
            }

            var bundle = new SchemaBundle("#/$defs/");
            var whole = new JsonObject
            {
                ["$ref"] = bundle.ReferenceTo(bundle.Add("main", schema, Options(file))),
                ["$defs"] = bundle.Schemas,
            };
            SchemaCompilation compilation = CompiledSchema.Compile(
                Encoding.UTF8.GetBytes(whole.ToJsonString()), Options(file) with { Sources = [] });
            wrong.AddRange(compilation.Succeeded
                ? WrongVerdicts(compilation.Schema, tests, name)
                : [$"{name} does not compile: {compilation.Errors[0]}"]);
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Fact]
    public void The_suite_has_its_2225_tests_and_none_is_left_out() => Assert.Equal(
        2225, FileNames().Sum(file => Groups(file.Data).Sum(group => group.Tests.GetArrayLength())));

    private static SchemaOptions Options(string file) => new()
    {
        AssertFormats = file.StartsWith("optional/format/", StringComparison.Ordinal),
        IgnoreUnknown = true,
        Sources = [new SchemaFolder(Corpora.Require("json-schema/remotes"), "http://localhost:1234/")],
    };

    private static IEnumerable<(string Name, byte[] Schema, JsonElement Tests)> Groups(string file)
    {
        string path = Path.Combine(Corpora.Require(Folder), file + ".json");
        using JsonDocument groups = JsonDocument.Parse(File.ReadAllBytes(path));
        foreach (JsonElement group in groups.RootElement.EnumerateArray())
        {
            yield return (
                $"{file}: {group.GetProperty("description").GetString()}",
                Encoding.UTF8.GetBytes(group.GetProperty("schema").GetRawText()),
                group.GetProperty("tests"));
        }
    }

    private static IEnumerable<string> WrongVerdicts(CompiledSchema schema, JsonElement tests, string group)
    {
        var faults = new SchemaFaults();
        foreach (JsonElement test in tests.EnumerateArray())
        {
            string name = $"{group}, {test.GetProperty("description").GetString()}";
            bool valid = test.GetProperty("valid").GetBoolean();
            byte[] data = Encoding.UTF8.GetBytes(test.GetProperty("data").GetRawText());
            JsonVerdict verdict = schema.Walk(data, faults);
            if (verdict != (valid ? JsonVerdict.Valid : JsonVerdict.Invalid))
            {
                yield return $"{name}: {verdict}";
            }

            if (verdict == JsonVerdict.Invalid && faults.Count == 0)
            {
                yield return $"{name}: refused without a fault";
            }
        }
    }
}
