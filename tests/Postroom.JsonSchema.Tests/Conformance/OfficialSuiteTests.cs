using System.Text;
using System.Text.Json;

namespace Postroom.JsonSchema.Tests.Conformance;

/// <summary>The official JSON Schema 2020-12 suite, for every group whose schema this compiler accepts.</summary>
public sealed class OfficialSuiteTests
{
    private const string Folder = "json-schema/tests/draft2020-12";

    /// <summary>The files whose keywords are supported.</summary>
    private static readonly string[] Files =
    [
        "additionalProperties", "allOf", "anyOf", "boolean_schema", "const", "default", "enum", "exclusiveMaximum",
        "exclusiveMinimum", "infinite-loop-detection", "items", "maxItems", "maxLength", "maxProperties", "maximum",
        "minItems", "minLength", "minProperties", "minimum", "multipleOf", "not", "oneOf", "pattern",
        "patternProperties", "prefixItems", "properties", "ref", "required", "type", "uniqueItems", "defs", "format",
        "optional/bignum", "optional/ecmascript-regex", "optional/float-overflow", "optional/id", "optional/no-schema",
        "optional/non-bmp-regex", "optional/format/date", "optional/format/date-time", "optional/format/email",
        "optional/format/uri", "optional/format/uuid",
    ];

    /// <summary>Groups that are refused, with the error that says why. Every other one must pass.</summary>
    private static readonly Dictionary<string, string> LeftOut = new()
    {
        ["additionalProperties: additionalProperties with propertyNames"] = "\"propertyNames\" is not supported",
        ["additionalProperties: dependentSchemas with additionalProperties"] = "\"dependentSchemas\" is not supported",
        ["defs: validate definition against metaschema"] = "leaves the schema",
        ["optional/id: $id inside an enum is not a real identifier"] = "leaves the schema",
        ["not: collect annotations inside a 'not', even if collection is disabled"] =
            "\"unevaluatedProperties\" is not supported",
        ["ref: remote ref, containing refs itself"] = "leaves the schema",
        ["ref: Recursive references between schemas"] = "leaves the schema",
        ["ref: ref creates new scope when adjacent to keywords"] = "\"unevaluatedProperties\" is not supported",
        ["ref: refs with relative uris and defs"] = "leaves the schema",
        ["ref: relative refs with absolute uris and defs"] = "leaves the schema",
        ["ref: $id must be resolved against nearest parent, not just immediate parent"] = "leaves the schema",
        ["ref: order of evaluation: $id and $ref"] = "leaves the schema",
        ["ref: order of evaluation: $id and $anchor and $ref"] = "\"$anchor\" is not supported",
        ["ref: order of evaluation: $id and $ref on nested schema"] = "leaves the schema",
        ["ref: simple URN base URI with $ref via the URN"] = "leaves the schema",
        ["ref: URN base URI with URN and JSON pointer ref"] = "leaves the schema",
        ["ref: URN base URI with URN and anchor ref"] = "leaves the schema",
        ["ref: URN ref with nested pointer ref"] = "leaves the schema",
        ["ref: ref to if"] = "leaves the schema",
        ["ref: ref to then"] = "leaves the schema",
        ["ref: ref to else"] = "leaves the schema",
        ["ref: ref with absolute-path-reference"] = "leaves the schema",
    };

    public static TheoryData<string> FileNames() => [.. Files];

    [Theory]
    [MemberData(nameof(FileNames))]
    public void Every_test_of_the_file_has_its_verdict(string file)
    {
        string path = Path.Combine(Corpora.Require(Folder), file + ".json");
        using JsonDocument groups = JsonDocument.Parse(File.ReadAllBytes(path));
        var options = new SchemaOptions { AssertFormats = file != "format" };
        var wrong = new List<string>();
        foreach (JsonElement group in groups.RootElement.EnumerateArray())
        {
            string name = $"{file}: {group.GetProperty("description").GetString()}";
            byte[] schema = Encoding.UTF8.GetBytes(group.GetProperty("schema").GetRawText());
            SchemaCompilation compilation = CompiledSchema.Compile(schema, options);
            if (LeftOut.TryGetValue(name, out string? reason))
            {
                Assert.Contains(compilation.Errors, error => error.Message.Contains(reason, StringComparison.Ordinal));
                continue;
            }

            if (!compilation.Succeeded)
            {
                wrong.Add($"{name} does not compile: {compilation.Errors[0]}");
                continue;
            }

            wrong.AddRange(WrongVerdicts(compilation.Schema, group, name));
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    private static IEnumerable<string> WrongVerdicts(CompiledSchema schema, JsonElement group, string name)
    {
        var faults = new SchemaFaults();
        foreach (JsonElement test in group.GetProperty("tests").EnumerateArray())
        {
            byte[] data = Encoding.UTF8.GetBytes(test.GetProperty("data").GetRawText());
            JsonVerdict expected = test.GetProperty("valid").GetBoolean() ? JsonVerdict.Valid : JsonVerdict.Invalid;
            JsonVerdict verdict = schema.Walk(data, faults);
            if (verdict != expected)
            {
                yield return $"{name}, {test.GetProperty("description").GetString()}: {verdict}";
            }

            if (verdict == JsonVerdict.Invalid && faults.Count == 0)
            {
                yield return $"{name}, {test.GetProperty("description").GetString()}: refused without a fault";
            }
        }
    }
}
