using System.Text.Json;
using Postroom.Server.Exporting;
using Postroom.Server.Tests.Programs;
using Postroom.Storage;

namespace Postroom.Server.Tests.Commands;

/// <summary><c>export</c> beside a running server.</summary>
public sealed class ExportTests
{
    private const string Declaration = """
        endpoints:
          /api/contact: {kind: form}
          /api/numbers:
            kind: form
            schema: {type: object, properties: {amount: {type: number}, tags: {type: array, items: {type: string}}}}
          /api/silent: {kind: form}
        """;

    [Theory]
    [InlineData("json")]
    [InlineData("ndjson")]
    public async Task JSON_holds_every_entry_oldest_first_with_its_document(string format)
    {
        using var folder = TestFolder.With(Declaration);
        await using var server = await RunningServer.StartAsync(folder.Path);
        await PostAllAsync(server, "first", "second\nline", "third \"quoted\" é");
        var result = await ExportAsync(folder, "/api/contact", "--format", format);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var entries = format == "json"
            ? JsonDocument.Parse(result.Output).RootElement.EnumerateArray().ToList()
            : [.. result.Output.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(
            ["first", "second\nline", "third \"quoted\" é"],
            entries.Select(entry => entry.GetProperty("document").GetProperty("name").GetString()));
        Assert.All(entries, entry =>
        {
            Assert.Equal("/api/contact", entry.GetProperty("endpoint").GetString());
            Assert.Equal("stored", entry.GetProperty("state").GetString());
            Assert.True(DateTimeOffset.TryParse(entry.GetProperty("received").GetString(), out _));
        });
    }

    [Fact]
    public void JSON_holds_what_a_form_said_beside_its_message()
    {
        using var output = new MemoryStream();
        JsonExport.WriteLines(output, [new ExportedEntry(new Entry
        {
            Id = EntryId.FromRow(1, 1),
            Endpoint = "/api/contact",
            ReceivedAt = 1,
            Document = "{}"u8.ToArray(),
            Control = """{"_subject":"Hi"}"""u8.ToArray(),
        })]);
        using var json = JsonDocument.Parse(output.ToArray());
        Assert.Equal("Hi", json.RootElement.GetProperty("control").GetProperty("_subject").GetString());
    }

    /// <summary>CVE-2021-41270: a tab in front is no protection, and may itself begin one.</summary>
    [Fact]
    public async Task A_cell_of_CSV_is_never_a_formula()
    {
        (string Value, string Cell)[] rows =
        [
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@x", "'@x"),
            ("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""),
            ("\uFF1D1+1", "'\uFF1D1+1"),
            ("plain", "plain"),
            ("1=1", "1=1"),
            ("a,b", "\"a,b\""),
            ("a;=1+1", "\"a;=1+1\""),
            ("two\nlines", "\"two\nlines\""),
            ("say \"x\"", "\"say \"\"x\"\"\""),
        ];
        using var folder = TestFolder.With(Declaration);
        await using var server = await RunningServer.StartAsync(folder.Path);
        await PostAllAsync(server, [.. rows.Select(row => row.Value)]);
        var result = await ExportAsync(folder, "/api/contact", "--format", "csv");
        var lines = result.Output.Split("\r\n");
        Assert.Equal("id,received,state,reason,name", lines[0]);
        Assert.Equal("", lines[^1]);
        Assert.Equal(rows.Select(row => row.Cell), lines[1..^1].Select(line => line.Split(",stored,,")[1]));
    }

    [Theory]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "'\r=1")]
    [InlineData("\n=1", "'\n=1")]
    [InlineData("\0=1", "'\0=1")]
    [InlineData("", "")]
    public void White_space_that_hides_a_formula_does_not(string text, string cell) => Assert.Equal(cell, CsvExport.SafeCell(text));

    [Fact]
    public async Task A_name_of_a_field_is_no_formula_either()
    {
        using var folder = TestFolder.With(Declaration);
        await using var server = await RunningServer.StartAsync(folder.Path);
        using var answer = await server.PostJsonAsync("/api/contact", """{"=cmd()":"x"}""");
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        var result = await ExportAsync(folder, "/api/contact", "--format", "csv");
        Assert.StartsWith("id,received,state,reason,'=cmd()\r\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_stays_a_number_and_a_list_is_JSON()
    {
        using var folder = TestFolder.With(Declaration);
        await using var server = await RunningServer.StartAsync(folder.Path);
        using var answer = await server.PostJsonAsync("/api/numbers", """{"amount":-1.50,"tags":["a","b"]}""");
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        var result = await ExportAsync(folder, "/api/numbers", "--format", "csv");
        Assert.EndsWith(",stored,,-1.50,\"[\"\"a\"\",\"\"b\"\"]\"\r\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Columns_are_those_of_all_entries_and_what_one_lacks_is_empty()
    {
        using var folder = TestFolder.With(Declaration);
        await using var server = await RunningServer.StartAsync(folder.Path);
        using var first = await server.PostFormAsync("/api/contact", ("name", "Ada"));
        using var second = await server.PostFormAsync("/api/contact", ("city", "London"));
        var lines = (await ExportAsync(folder, "/api/contact", "--format", "csv")).Output.Split("\r\n");
        Assert.Equal("id,received,state,reason,name,city", lines[0]);
        Assert.EndsWith(",stored,,Ada,", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",stored,,,London", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Held_entries_are_exported_apart_with_their_reason()
    {
        using var folder = TestFolder.With(Declaration);
        await using var server = await RunningServer.StartAsync(folder.Path);
        using var sound = await server.PostFormAsync("/api/contact", ("name", "Ada"));
        using var spam = await server.PostFormAsync("/api/contact", ("name", "Robot"), ("_gotcha", "filled"));
        var stored = await ExportAsync(folder, "/api/contact");
        Assert.Contains("Ada", Assert.Single(stored.Output.TrimEnd().Split('\n')), StringComparison.Ordinal);
        var held = await ExportAsync(folder, "/api/contact", "--held");
        using var entry = JsonDocument.Parse(Assert.Single(held.Output.TrimEnd().Split('\n')));
        Assert.Equal("held", entry.RootElement.GetProperty("state").GetString());
        Assert.NotEmpty(entry.RootElement.GetProperty("reason").GetString()!);
        Assert.Equal("Robot", entry.RootElement.GetProperty("document").GetProperty("name").GetString());
    }

    [Fact]
    public async Task An_endpoint_without_entries_gives_an_empty_export_and_says_so()
    {
        using var folder = TestFolder.With(Declaration);
        await using var server = await RunningServer.StartAsync(folder.Path);
        (string Format, string Output)[] empty = [("json", "[\n]\n"), ("ndjson", ""), ("csv", "id,received,state,reason\r\n")];
        foreach (var (format, output) in empty)
        {
            var result = await ExportAsync(folder, "/api/silent", "--format", format);
            Assert.Equal((0, output, "There are no stored entries of /api/silent.\n"), (result.ExitCode, result.Output, result.Error));
        }
    }

    [Fact]
    public async Task An_endpoint_that_nothing_came_for_names_those_that_got_something()
    {
        using var folder = TestFolder.With(Declaration);
        await using var server = await RunningServer.StartAsync(folder.Path);
        await PostAllAsync(server, "Ada");
        var wrong = await ExportAsync(folder, "/api/contcat");
        Assert.Equal(0, wrong.ExitCode);
        Assert.Equal("There are no stored entries of /api/contcat. There are entries of: /api/contact.\n", wrong.Error);
    }

    [Fact]
    public async Task It_works_without_a_server_too()
    {
        using var folder = TestFolder.With(Declaration);
        await using (var server = await RunningServer.StartAsync(folder.Path))
        {
            await PostAllAsync(server, "Ada");
            Assert.Equal(0, await server.StopAsync());
        }

        Assert.Contains("\"Ada\"", (await ExportAsync(folder, "/api/contact")).Output, StringComparison.Ordinal);
    }

    private static Task<ProgramResult> ExportAsync(TestFolder folder, string endpoint, params string[] options) =>
        PostroomProgram.RunAsync(["export", endpoint, "--data", folder.Data, .. options]);

    private static async Task PostAllAsync(RunningServer server, params string[] names)
    {
        foreach (var name in names)
        {
            using var answer = await server.PostFormAsync("/api/contact", ("name", name));
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        }
    }
}
