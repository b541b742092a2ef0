using System.Text.Json;
using Postroom.JsonSchema;
using Postroom.Server.Tests.Programs;

namespace Postroom.Server.Tests.Commands;

public sealed class CheckTests
{
    [Fact]
    public async Task A_sound_declaration_ends_with_0()
    {
        using var folder = TestFolder.WithContact();
        var result = await PostroomProgram.RunAsync("check", folder.Path);
        Assert.Equal((0, "1 endpoint, no faults.\n", ""), (result.ExitCode, result.Output, result.Error));
        Assert.False(Directory.Exists(folder.Data));
    }

    [Fact]
    public async Task A_faulty_one_counts_its_faults_on_the_standard_error()
    {
        using var folder = TestFolder.With("endpoints:\n  /a: {kind: form, colour: red}\n  /b: {kind: form, redirect: 7}\n");
        var result = await PostroomProgram.RunAsync("check", folder.Path);
        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.EndsWith("\n2 faults.\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_file_is_one_fault()
    {
        using var folder = new TestFolder();
        var result = await PostroomProgram.RunAsync(new ProgramStart(PostroomProgram.Path, "check", "./x") { Folder = folder.Path });
        result.AssertFailed("No postroom.yaml in ./x. Create one: `postroom new contact`.\n1 fault.");
    }

    [Fact]
    public async Task The_plan_shows_what_will_be_judged()
    {
        using var folder = TestFolder.WithContact();
        var result = await PostroomProgram.RunAsync("check", folder.Path, "--plan");
        Assert.Equal(0, result.ExitCode);
        Assert.All(
            [
                "/api/contact (form)", "  stages       receiving, parsing, authorization, idempotency, validation, execution, responding",
                "  access       public", "  rate         30 a minute for each client", "  fields       name*, email*, message",
                "  redirect     /thanks.html",
            ],
            line => Assert.Contains("\n" + line, result.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_schema_is_a_JSON_Schema_that_takes_the_example()
    {
        var result = await PostroomProgram.RunAsync("schema");
        Assert.Equal(0, result.ExitCode);
        var schema = CompiledSchema.Compile(System.Text.Encoding.UTF8.GetBytes(result.Output));
        Assert.Empty(schema.Errors);
        Assert.Equal(JsonVerdict.Valid, schema.Schema!.Walk(
            """{"site":"./site","endpoints":{"/api/contact":{"kind":"form","redirect":"/thanks.html"}}}"""u8, new SchemaFaults()));
        using var document = JsonDocument.Parse(result.Output);
        Assert.Equal("postroom.yaml", document.RootElement.GetProperty("title").GetString());
    }
}
