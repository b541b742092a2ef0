using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Postroom.Server.Tests.Programs;
using Postroom.Server.Tests.Publishing;
using Postroom.Tests.Walls;

namespace Postroom.Server.Tests.Docs;

/// <summary>
/// What the pages show is run: each line for a shell, each form, each script. Declarations and C# are tested beside the library.
/// </summary>
public sealed partial class DocumentedBlockTests
{
    private const string Shown = "http://localhost:3000";

    public static TheoryData<DocumentedBlock> Lines { get; } = Of("sh");

    public static TheoryData<DocumentedBlock> Forms { get; } = Of("html");

    public static TheoryData<DocumentedBlock> Scripts { get; } = Of("js");

    [Fact]
    public void Every_block_says_its_language() => Assert.Empty(
        DocumentedPages.All.SelectMany(DocumentedPages.Blocks)
            .Where(block => block.Language is not ("sh" or "yaml" or "csharp" or "html" or "js" or "json" or "text"))
            .Select(block => $"{block}: \"{block.Language}\""));

    [Theory, MemberData(nameof(Lines))]
    public async Task A_line_for_a_shell_works(DocumentedBlock block)
    {
        foreach (var line in block.Text.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'))
        {
            if (DotnetRun().Match(line) is { Success: true } run)
            {
                await RequireProjectAsync(run.Groups["project"].Value, run.Groups["arguments"].Value.Split(' '));
            }
            else if (line.StartsWith("curl ", StringComparison.Ordinal))
            {
                await PostAsync(block, line);
            }
            else if (line.StartsWith("dotnet publish ", StringComparison.Ordinal))
            {
                Assert.Equal($"dotnet {PublishTests.Command} out", line);
            }
            else if (line.StartsWith("scripts/fleet.sh", StringComparison.Ordinal))
            {
                await RequireOptionsAsync(block, line.Split(' '));
            }
            else
            {
                Assert.True(line == "./test.sh" && File.Exists(Path.Combine(Repository.Root, "test.sh")), $"{block}: {line}");
            }
        }
    }

    [Theory, MemberData(nameof(Forms))]
    public async Task A_form_is_taken_as_a_browser_sends_it(DocumentedBlock block)
    {
        using var folder = Declared(block);
        await using var server = await RunningServer.StartAsync(folder.Path);
        using var request = new HttpRequestMessage(HttpMethod.Post, Action().Match(block.Text).Groups["path"].Value)
        {
            Content = ContentOf(block.Text),
        };
        request.Headers.Add("Accept", "text/html,application/xhtml+xml");
        request.Headers.Add("Origin", server.Address);
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var answer = await server.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync(answer.Headers.Location)).StatusCode);
    }

    private static HttpContent ContentOf(string form)
    {
        var fields = Field().Matches(form);
        if (!form.Contains("enctype=\"multipart/form-data\"", StringComparison.Ordinal))
        {
            return new FormUrlEncodedContent(fields.Select(
                field => KeyValuePair.Create(field.Groups["name"].Value, TextFor(field))));
        }

        var content = new MultipartFormDataContent();
        foreach (Match field in fields)
        {
            if (field.Value.Contains("type=\"file\"", StringComparison.Ordinal))
            {
                content.Add(new ByteArrayContent("%PDF-1.7\n"u8.ToArray()), field.Groups["name"].Value, "cv.pdf");
            }
            else
            {
                content.Add(new StringContent(TextFor(field)), field.Groups["name"].Value);
            }
        }

        return content;
    }

    private static string TextFor(Match field) =>
        field.Value.Contains("type=\"email\"", StringComparison.Ordinal) ? "ada@example.com" : "Ada";

    [Fact]
    public void What_is_called_JSON_is_JSON()
    {
        foreach (var block in DocumentedPages.All.SelectMany(DocumentedPages.Blocks).Where(block => block.Language == "json"))
        {
            using var document = JsonDocument.Parse(block.Text);
            Assert.NotEqual(JsonValueKind.Undefined, document.RootElement.ValueKind);
        }
    }

    [Theory, MemberData(nameof(Scripts))]
    public async Task A_script_parses(DocumentedBlock block)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/node") || File.Exists("/usr/local/bin/node"), "There is no node on this machine.");
        using var folder = new TestFolder();
        folder.Write("block.mjs", block.Text);
        var parsed = await PostroomProgram.RunAsync(new ProgramStart("node", "--check", folder["block.mjs"]));
        Assert.True(parsed.ExitCode == 0, $"{block}: {parsed.Error}");
    }

    private static async Task RequireProjectAsync(string project, string[] arguments)
    {
        Assert.True(Directory.EnumerateFiles(Path.Combine(Repository.Root, project), "*.csproj").Any(), project);
        if (arguments is ["serve", var path])
        {
            var check = await PostroomProgram.RunAsync(
                new ProgramStart(PostroomProgram.Path, "check", path) { Folder = Repository.Root });
            Assert.True(check.ExitCode == 0, check.Error);
        }
    }

    /// <summary>
    /// The script has the options that the page names; the store's tests run it whole. After an option that it does not
    /// know, it shows the options that it has.
    /// </summary>
    private static async Task RequireOptionsAsync(DocumentedBlock block, string[] words)
    {
        var script = Path.Combine(Repository.Root, words[0]);
        var usage = await PostroomProgram.RunAsync(new ProgramStart("/bin/bash", script, "--help"));
        Assert.Equal(2, usage.ExitCode);
        foreach (var option in words.Where(word => word.StartsWith("--", StringComparison.Ordinal)))
        {
            Assert.True(usage.Error.Contains($"[{option} ", StringComparison.Ordinal), $"{block}: {option}");
        }
    }

    private static async Task PostAsync(DocumentedBlock block, string line)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/curl") || File.Exists("/bin/curl"), "There is no curl on this machine.");
        Assert.Contains(Shown, line, StringComparison.Ordinal);
        using var folder = Declared(block);
        await using var server = await ServeAsync(block, folder);
        var command = line.Replace(Shown, server.Address, StringComparison.Ordinal) + " --fail-with-body --silent --show-error --noproxy '*'";
        var first = await PostroomProgram.RunAsync(new ProgramStart("/bin/bash", "-c", command));
        Assert.True(first.ExitCode == 0, $"{block}: {first.Output}{first.Error}");
        AssertShows(block, first.Output);
    }

    /// <summary>A page of an example that is a program shows that program.</summary>
    private static Task<RunningServer> ServeAsync(DocumentedBlock block, TestFolder folder)
    {
        var page = Path.GetDirectoryName(block.Page)!;
        return Directory.EnumerateFiles(Path.Combine(Repository.Root, page), "*.csproj").Any()
            && page.StartsWith("examples", StringComparison.Ordinal)
            ? RunningServer.StartAsync(new ProgramStart(
                PostroomProgram.Built(Path.GetFileName(page)), "--urls", "http://127.0.0.1:0") { Folder = folder.Path })
            : RunningServer.StartAsync(folder.Path);
    }

    /// <summary>A block of text that follows is what the line answers; what an ellipsis stands for may be anything.</summary>
    private static void AssertShows(DocumentedBlock block, string output)
    {
        var blocks = DocumentedPages.Blocks(block.Page);
        if (blocks.ElementAtOrDefault(blocks.IndexOf(block) + 1) is not { Language: "text" } answer)
        {
            return;
        }

        var lines = output.ReplaceLineEndings("\n").Split('\n');
        foreach (var shown in answer.Text.Split('\n'))
        {
            var pattern = "^" + Regex.Escape(shown).Replace("…", ".+", StringComparison.Ordinal) + "$";
            Assert.Contains(lines, line => Regex.IsMatch(line, pattern, RegexOptions.None, TimeSpan.FromSeconds(5)));
        }
    }

    /// <summary>The declaration that the page showed last before the block, or that of the example.</summary>
    private static TestFolder Declared(DocumentedBlock block)
    {
        var blocks = DocumentedPages.Blocks(block.Page);
        var shown = blocks.Take(blocks.IndexOf(block)).LastOrDefault(earlier => earlier.Language == "yaml");
        var folder = TestFolder.WithContact();
        if (shown is not null)
        {
            folder.Write("postroom.yaml", shown.Text);
        }

        return folder;
    }

    private static TheoryData<DocumentedBlock> Of(string language)
    {
        var blocks = DocumentedPages.All.SelectMany(DocumentedPages.Blocks).Where(block => block.Language == language).ToList();
        return blocks.Count > 0 ? new(blocks) : throw new InvalidOperationException($"No page has a block in {language}.");
    }

    [GeneratedRegex(@"^dotnet run --project (?<project>\S+) -- (?<arguments>.+)$", RegexOptions.None, 5000)]
    private static partial Regex DotnetRun();

    [GeneratedRegex("<(input|textarea|select) name=\"(?<name>[^\"]+)\"[^>]*>", RegexOptions.None, 5000)]
    private static partial Regex Field();

    [GeneratedRegex("<form method=\"post\" action=\"(?<path>[^\"]+)\"", RegexOptions.None, 5000)]
    private static partial Regex Action();
}
