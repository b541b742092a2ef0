using System.Text.RegularExpressions;

namespace Postroom.JsonSchema.Tests;

public sealed class ReadmeTests
{
    [Fact]
    public void The_example_runs_and_prints_what_the_readme_says()
    {
        var output = new StringWriter { NewLine = "\n" };
        RunExample(output);
        Assert.Equal(Block("text"), output.ToString().TrimEnd());
    }

    [Fact]
    public void The_example_in_the_readme_is_the_one_that_runs()
    {
        string source = File.ReadAllText(
            Path.Combine(Corpora.RepositoryRoot(), "tests", "Postroom.JsonSchema.Tests", "ReadmeTests.cs"));
        Match region = Regex.Match(source, "#region example\n(.*?) *#endregion", RegexOptions.Singleline);
        Assert.Equal(Block("csharp"), Regex.Replace(region.Groups[1].Value, "(?m)^        ", "").Trim());
    }

    private static string Block(string language)
    {
        string readme = File.ReadAllText(
            Path.Combine(Corpora.RepositoryRoot(), "src", "Postroom.JsonSchema", "README.md"));
        return Regex.Match(readme, $"```{language}\n(.*?)```", RegexOptions.Singleline).Groups[1].Value.Trim();
    }

    private static void RunExample(TextWriter output)
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
}
