using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Postroom.JsonSchema.Tests;

/// <summary>The examples of the package's README run as they stand there, and print what it says.</summary>
public sealed class ReadmeTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void An_example_runs_and_prints_what_the_readme_says(int index)
    {
        var output = new StringWriter { NewLine = "\n" };
        new Action<TextWriter>[] { Validate, OwnWords, Documents }[index](output);
        Assert.Equal(Blocks("text")[index], output.ToString().TrimEnd());
    }

    [Fact]
    public void The_examples_in_the_readme_are_those_that_run()
    {
        string source = File.ReadAllText(
            Path.Combine(Corpora.RepositoryRoot(), "tests", "Postroom.JsonSchema.Tests", "ReadmeTests.cs"));
        MatchCollection regions = Regex.Matches(source, "#region example\n(.*?) *#endregion", RegexOptions.Singleline);
        Assert.Equal(
            Blocks("csharp"),
            regions.Select(region => Regex.Replace(region.Groups[1].Value, "(?m)^        ", "").Trim()));
    }

    private static string[] Blocks(string language)
    {
        string readme = File.ReadAllText(
            Path.Combine(Corpora.RepositoryRoot(), "src", "Postroom.JsonSchema", "README.md"));
        return [.. Regex.Matches(readme, $"```{language}\n(.*?)```", RegexOptions.Singleline)
            .Select(block => block.Groups[1].Value.Trim())];
    }

    private static void Validate(TextWriter output)
    {
        #region example
        SchemaCompilation compilation = CompiledSchema.Compile(
            """
            {
              "type": "object",
              "required": ["name", "email"],
              "properties": {
                "name": {"type": "string", "minLength": 1, "maxLength": 200},
                "email": {"type": "string", "format": "email"}
              }
            }
            """u8,
            SchemaOptions.AssertingFormats);
        if (!compilation.Succeeded)
        {
            throw new InvalidOperationException(string.Join("\n", compilation.Errors));
        }

        CompiledSchema schema = compilation.Schema;
        var faults = new SchemaFaults();
        JsonVerdict verdict = schema.Walk("""{"name": "", "email": "ada"}"""u8, faults);
        foreach (SchemaFault fault in faults)
        {
            output.WriteLine($"{verdict} {fault.Pointer} {fault.Code}: {fault.Message}");
        }
        #endregion
    }

    private static void OwnWords(TextWriter output)
    {
        #region example
        CompiledSchema schema = CompiledSchema.Compile(
            """
            {"properties": {
              "postcode": {"pattern": "^[0-9]{5}$", "x-message": "must be five digits such as 10115"},
              "age": {"minimum": 18, "x-message": {"too-small": "must be {limit} or more, not {actual}"}},
              "name": {"maxLength": 3}}}
            """u8).Schema!;
        var german = new Dictionary<string, string>
        {
            ["too-long"] = "darf höchstens {limit} Zeichen haben; es sind {actual}",
        };
        var faults = new SchemaFaults { Messages = new SchemaMessages(german.GetValueOrDefault) };
        schema.Walk("""{"postcode": "1011", "age": 17, "name": "Adalbert"}"""u8, faults);
        foreach (SchemaFault fault in faults)
        {
            output.WriteLine($"{fault.Pointer} {fault.Message}");
        }
        #endregion
    }

    private static void Documents(TextWriter output)
    {
        #region example
        var registry = new SchemaRegistry(new Dictionary<string, ReadOnlyMemory<byte>>
        {
            ["https://example.com/address"] = """{"required": ["city"]}"""u8.ToArray(),
        });
        CompiledSchema order = CompiledSchema.Compile(
            """{"$id": "https://example.com/order", "properties": {"to": {"$ref": "address"}}}"""u8,
            new SchemaOptions { Sources = [registry, new SchemaFolder("schemas", "https://example.com/")] }).Schema!;
        using JsonDocument document = JsonDocument.Parse("""{"to": {}}""");
        var faults = new SchemaFaults();
        order.Walk(document.RootElement, faults);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            faults.WriteTo(writer, SchemaOutputFormat.Basic);
        }

        output.WriteLine(Encoding.UTF8.GetString(stream.ToArray()));
        #endregion
    }
}
