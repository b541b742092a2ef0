using System.Globalization;
using System.Text.Json;
using Postroom.Server.Tests.Programs;

namespace Postroom.Server.Tests.Commands;

/// <summary>One hostile text through the program: its log for machines, and every kind of export.</summary>
public sealed class CanaryTests
{
    private const string Canary = "=cmd()\"'<script>&amp;{{name}}'; DROP TABLE entries;--;\t%0d%0aX: y"
        + "\u001b[31m\u2028\u202egnp\u2066\u05d0\U0001F600\u0085\\";

    [Fact]
    public async Task It_makes_one_line_in_the_log_and_one_row_of_text_in_each_export()
    {
        using var folder = TestFolder.With("endpoints: {/api/contact: {kind: form}}");
        await using var server = await RunningServer.StartAsync(folder.Path, "--log", "json");
        var body = JsonSerializer.Serialize(new Dictionary<string, string> { ["name"] = Canary, [Canary] = Canary });
        using var taken = await server.PostJsonAsync("/api/contact", body);
        using var refused = await server.PostJsonAsync("/api/contact", "{" + Canary);
        Assert.Equal("201 400", $"{(int)taken.StatusCode} {(int)refused.StatusCode}");
        await AssertExportedAsync(folder, "json");
        await AssertExportedAsync(folder, "ndjson");
        await AssertCsvAsync(folder);
        Assert.Equal(0, await server.StopAsync());
        var posts = server.Output.Lines.Select(Message).Where(line => line.StartsWith("POST ", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, posts.Count);
        Assert.All(posts, post => Assert.DoesNotContain(post.EnumerateRunes(), rune => System.Text.Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator));
    }

    /// <summary>Each line of the log is one object.</summary>
    private static string Message(string line)
    {
        Assert.DoesNotContain(line, char.IsControl);
        return JsonElement.Parse(line).GetProperty("Message").GetString()!;
    }

    private static async Task AssertExportedAsync(TestFolder folder, string format)
    {
        var result = await PostroomProgram.RunAsync("export", "/api/contact", "--data", folder.Data, "--format", format);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var root = JsonElement.Parse(result.Output);
        var entry = format == "json" ? Assert.Single(root.EnumerateArray()) : root;
        Assert.All(
            entry.GetProperty("document").EnumerateObject(), field => Assert.Equal(Canary, field.Value.GetString()));
    }

    private static async Task AssertCsvAsync(TestFolder folder)
    {
        var result = await PostroomProgram.RunAsync("export", "/api/contact", "--data", folder.Data, "--format", "csv");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var cell = "\"'" + Canary.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
        var lines = result.Output.Split("\r\n");
        Assert.Equal(3, lines.Length);
        Assert.Equal("id,received,state,reason,name," + cell, lines[0]);
        Assert.EndsWith($",stored,,{cell},{cell}", lines[1], StringComparison.Ordinal);
    }
}
