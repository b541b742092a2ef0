using Postroom.Server.Tests.Programs;

namespace Postroom.Server.Tests.Commands;

/// <summary>What the program says of itself, and what it answers to a line that it does not understand.</summary>
public sealed class HelpTests
{
    private const int Usage = 2;

    [Fact]
    public async Task Help_lists_every_command()
    {
        var result = await PostroomProgram.RunAsync("--help");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Usage:\n  postroom [command] [options]", result.Output, StringComparison.Ordinal);
        Assert.All(
            ["serve <PATH>", "check <PATH>", "new <NAME>", "schema", "openapi <PATH>", "link <PATH>", "export <ENDPOINT>", "backup <PATH>", "restore <BACKUP>", "verify <PATH>", "erase <PATH>", "copy"],
            command => Assert.Contains("\n  " + command, result.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("serve", "--listen", "--data", "--lan", "--log", "--drain")]
    [InlineData("check", "--plan")]
    [InlineData("new", "--into", "contact")]
    [InlineData("schema")]
    [InlineData("openapi")]
    [InlineData("link", "--listen", "--data")]
    [InlineData("export", "--format", "--data", "--held")]
    [InlineData("backup", "--to", "--data", "--keep")]
    [InlineData("restore", "--data")]
    [InlineData("verify", "--data", "--deep", "--json")]
    [InlineData("erase", "--person", "--data", "--dry-run", "--yes", "--json")]
    [InlineData("copy", "--from", "--to", "--files")]
    public async Task Help_of_a_command_names_its_options(string command, params string[] options)
    {
        var result = await PostroomProgram.RunAsync(command, "--help");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"  postroom {command}", result.Output, StringComparison.Ordinal);
        Assert.All(options, option => Assert.Contains(option, result.Output, StringComparison.Ordinal));
        Assert.Empty(result.Error);
    }

    [Fact]
    public async Task The_version_is_a_number_alone()
    {
        var result = await PostroomProgram.RunAsync("--version");
        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+\n$", result.Output);
    }

    [Theory]
    [InlineData("Required command was not provided.")]
    [InlineData("Unrecognized command or argument 'bogus'", "bogus")]
    [InlineData("Unrecognized command or argument '--bogus'", "check", ".", "--bogus")]
    [InlineData("Argument 'loud' not recognized", "serve", ".", "--log", "loud")]
    [InlineData("--drain takes 0 to 3600 seconds.", "serve", ".", "--drain", "-1")]
    [InlineData("--drain takes 0 to 3600 seconds.", "serve", ".", "--drain", "3601")]
    [InlineData("Cannot parse argument 'long'", "serve", ".", "--drain", "long")]
    [InlineData("Argument 'xml' not recognized", "export", "/x", "--format", "xml")]
    [InlineData("--keep takes 1 or more.", "backup", "--to", "x", "--keep", "0")]
    [InlineData("Option '--to' is required.", "backup")]
    [InlineData("Option '--from' is required.", "copy", "--to", "sqlite:./data")]
    [InlineData("Option '--person' is required.", "erase")]
    [InlineData("--person takes a value that is not empty.", "erase", "--person", " ")]
    [InlineData("Required argument 'NAME' missing for command: 'new'.", "new")]
    [InlineData("Required argument 'ENDPOINT' missing for command: 'export'.", "export")]
    public async Task A_line_that_is_not_understood_ends_with_2(string reason, params string[] line)
    {
        var result = await PostroomProgram.RunAsync(line);
        Assert.Equal(Usage, result.ExitCode);
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
        result.AssertNoStackTrace();
    }
}
