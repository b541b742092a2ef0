using System.Text;
using System.Text.Json.Nodes;

namespace Postroom.JsonSchema.Tests.Properties;

/// <summary>Schemas with values where they do not belong.</summary>
public sealed class SchemaFuzzTests
{
    private const int Iterations = 3000;

    [Theory]
    [InlineData("https://json-schema.org/draft/2020-12/schema", 1)]
    [InlineData("https://json-schema.org/draft/2019-09/schema", 2)]
    [InlineData("http://json-schema.org/draft-07/schema", 3)]
    public void What_the_meta_schema_refuses_does_not_compile(string dialect, int seed)
    {
        CompiledSchema meta = Schemas.Compile($$"""{"$ref": "{{dialect}}"}""", SchemaOptions.Default);
        var random = new Random(seed);
        var faults = new SchemaFaults();
        int refused = 0, compiled = 0;
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            // In draft 7 what stands beside a reference is read by the meta-schema and has no effect by the text.
            string generated = new RandomJson(random.Next()).Schema(3);
            JsonNode schema = JsonNode.Parse(
                seed == 3 ? generated.Replace("\"$ref\"", "\"x-ref\"", StringComparison.Ordinal) : generated)!;
            if (schema is not JsonObject whole)
            {
                continue;
            }

            whole["$schema"] = dialect;
            Spoil(random, whole);
            byte[] text = Encoding.UTF8.GetBytes(schema.ToJsonString());
            SchemaCompilation compilation =
                CompiledSchema.Compile(text, new SchemaOptions { IgnoreUnknown = true, SchemaDepthMax = 200 });
            bool accepted = meta.Walk(text, faults) == JsonVerdict.Valid;
            (refused, compiled) = (refused + (accepted ? 0 : 1), compiled + (compilation.Succeeded ? 1 : 0));
            Assert.True(accepted || !compilation.Succeeded,
                $"{(faults.Count > 0 ? faults[0] : null)} in {schema.ToJsonString()}");
            Assert.All(compilation.Errors, error => Assert.NotEmpty(error.Message));

            // Told or not, no text makes the compiler throw: not one with references, nor the strict reading of it.
            CompiledSchema.Compile(Encoding.UTF8.GetBytes(
                schema.ToJsonString().Replace("x-ref", "$ref", StringComparison.Ordinal)));
        }

        Assert.True(refused > 200 && compiled > 200, $"{refused} refused, {compiled} compiled");
    }

    /// <summary>Puts a value that may be of any kind in some place of the schema.</summary>
    private static void Spoil(Random random, JsonObject schema)
    {
        JsonObject at = schema;
        string[] keys = [.. at.Select(member => member.Key).Where(key => key != "$schema")];
        while (keys.Length > 0)
        {
            string key = keys[random.Next(keys.Length)];
            if (random.Next(3) > 0 && at[key] is JsonObject { Count: > 0 } below)
            {
                at = below;
                keys = [.. at.Select(member => member.Key)];
                continue;
            }

            at[key] = JsonNode.Parse(new RandomJson(random.Next()).Document(1));
            return;
        }
    }
}
