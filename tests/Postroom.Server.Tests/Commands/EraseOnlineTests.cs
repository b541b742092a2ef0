using System.Text;
using System.Text.Json;
using Postroom.Server.Tests.Programs;

namespace Postroom.Server.Tests.Commands;

/// <summary><c>erase</c> beside the server that goes on taking POSTs.</summary>
public sealed class EraseOnlineTests
{
    private const string Ada = "ada.unmistakable@example.com";

    private const string Declaration = """
        quarantine: 7d
        limits: {rate: off}
        endpoints:
          /api/contact:
            kind: form
            schema:
              type: object
              required: [name]
              properties:
                email: {type: string, format: email}
                name: {type: string}
                cv: {type: string, format: binary}
          /api/free: {kind: form}
        """;

    [Fact]
    public async Task What_is_erased_is_in_no_file_any_more_while_the_server_goes_on()
    {
        using var folder = TestFolder.With(Declaration);
        await using var server = await RunningServer.StartAsync(folder.Path, "--log", "off");
        for (var number = 0; number < 300; number++)
        {
            await PostAsync(server, "/api/contact", Contact(number % 2 == 0 ? Ada : "grace@example.com"));
        }

        await PostFileAsync(server);
        Assert.NotEmpty(Holding(folder.Data, Ada));

        using var stop = new CancellationTokenSource();
        var posted = 0;
        var posting = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await PostAsync(server, "/api/contact", Contact("grace@example.com"));
                Interlocked.Increment(ref posted);
            }
        });
        var erased = await RunAsync(folder, Ada, "--yes");
        await stop.CancelAsync();
        await posting;

        Assert.True(erased.ExitCode == 0, erased.Error);
        Assert.Contains("/api/contact: 151 entries", erased.Output, StringComparison.Ordinal);
        Assert.Contains("overwritten where they stood", erased.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("unmistakable", erased.Output + erased.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(Holding(folder.Data, Ada));
        Assert.Empty(Holding(folder.Data, "the paper of ada"));
        Assert.Empty(Directory.EnumerateFiles(folder["data/orders"]));
        Assert.Equal(0, (await PostroomProgram.RunAsync("verify", folder.Path, "--deep")).ExitCode);
        var left = await PostroomProgram.RunAsync("export", "/api/contact", "--data", folder.Data);
        Assert.Equal(150 + posted, left.Output.TrimEnd().Split('\n').Length);
        Assert.Equal(0, await server.StopAsync());
    }

    [Fact]
    public async Task A_person_is_found_in_control_fields_and_in_what_was_refused()
    {
        using var folder = TestFolder.With(Declaration);
        await using var server = await RunningServer.StartAsync(folder.Path);
        await PostAsync(server, "/api/free", $$"""{"what":"x","_replyto":"{{Ada.ToUpperInvariant()}}"}""");
        await PostAsync(server, "/api/free", $$"""{"what":"x","_cc":"other@example.com, {{Ada}}"}""");
        await RefusedAsync(server, "application/json", $$"""{"email":"{{Ada.Replace("@", "\\u0040", StringComparison.Ordinal)}}"}""");
        await RefusedAsync(server, "application/json", $$"""{"email":"{{Ada}}" """);
        await RefusedAsync(server, "application/x-www-form-urlencoded", "mail=" + Uri.EscapeDataString(Ada));
        await RefusedAsync(server, "application/json", $$"""{"email":"x{{Ada}}"}""");
        await RefusedAsync(server, "application/json", $$"""{"email":"{{Ada}}.org"}""");
        await UntilAsync(async () => (await CountAsync(folder, "refused:")) == 5);

        var asked = await RunAsync(folder, Ada, "--dry-run", "--json");
        using var report = JsonDocument.Parse(asked.Output);
        var by = report.RootElement.GetProperty("entries").EnumerateArray()
            .Select(entry => entry.GetProperty("by").GetString()).Order(StringComparer.Ordinal);
        Assert.Equal(["body", "body", "control", "control", "field"], by);

        Assert.Equal(0, (await RunAsync(folder, Ada, "--yes")).ExitCode);
        Assert.Equal(2, await CountAsync(folder, "refused:"));
        var again = await RunAsync(folder, Ada, "--dry-run");
        Assert.Contains("Would be erased: 0 entries", again.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".order")]
    [InlineData(".taken")]
    public async Task An_order_that_a_crash_cut_off_is_carried_out_at_the_next_start(string ending)
    {
        using var folder = TestFolder.With(Declaration);
        string id;
        await using (var server = await RunningServer.StartAsync(folder.Path))
        {
            await PostFileAsync(server);
            var found = await RunAsync(folder, Ada, "--dry-run", "--json");
            using var report = JsonDocument.Parse(found.Output);
            id = report.RootElement.GetProperty("entries")[0].GetProperty("id").GetString()!;
            server.Process.Kill();
            await server.ExitCodeAsync();
        }

        var upload = Assert.Single(Directory.EnumerateFiles(folder["data/files"], "*", SearchOption.AllDirectories));
        folder.Write($"data/orders/{id}{ending}",
            $$"""{"entries":["{{id}}","0199c0de-0000-7000-8000-0000000000ab"],"files":["{{Path.GetFileName(upload)}}"]}""");
        await using (var server = await RunningServer.StartAsync(folder.Path))
        {
            await UntilAsync(() => Task.FromResult(
                Directory.GetFiles(folder["data/orders"]) is [var only]
                && only.EndsWith($"{id}.receipt", StringComparison.Ordinal)));
            Assert.False(File.Exists(upload));
            Assert.Empty(Holding(folder.Data, Ada));
        }
    }

    [Fact]
    public async Task An_order_that_was_left_is_carried_out_by_the_command_without_a_server()
    {
        using var folder = TestFolder.With(Declaration);
        await using (var server = await RunningServer.StartAsync(folder.Path))
        {
            await PostFileAsync(server);
            Assert.Equal(0, await server.StopAsync());
        }

        var upload = Assert.Single(Directory.EnumerateFiles(folder["data/files"], "*", SearchOption.AllDirectories));
        folder.Write("data/orders/0199c0de-0000-7000-8000-0000000000ab.taken",
            $$"""{"entries":[],"files":["{{Path.GetFileName(upload)}}","not an id"]}""");
        folder.Write("data/orders/0199c0de-0000-7000-8000-0000000000cd.order", "not JSON");
        Assert.Equal(0, (await RunAsync(folder, "nobody@example.com", "--yes")).ExitCode);

        // An entry names it: an order alone takes no file from anybody.
        Assert.True(File.Exists(upload));
        Assert.Equal(["0199c0de-0000-7000-8000-0000000000cd.unread"],
            Directory.EnumerateFiles(folder["data/orders"]).Select(Path.GetFileName));
        Assert.Equal(0, (await RunAsync(folder, Ada, "--yes")).ExitCode);
        Assert.False(File.Exists(upload));
    }

    [Fact]
    public async Task A_server_that_takes_no_orders_is_named()
    {
        using var folder = TestFolder.With(Declaration);
        await using var server = await RunningServer.StartAsync(folder.Path);
        await PostAsync(server, "/api/contact", Contact(Ada));
        Directory.Delete(folder["data/orders"]);
        (await RunAsync(folder, Ada, "--yes")).AssertFailed(
            $"The server that uses {folder.Data} does not answer; it may be of an older version. Nothing was erased. "
            + "Stop it, run this command, and start it again.");
        Assert.NotEmpty(Holding(folder.Data, Ada));
    }

    private static string Contact(string email) => $$"""{"name":"A","email":"{{email}}"}""";

    private static Task<ProgramResult> RunAsync(TestFolder folder, string person, params string[] options) =>
        PostroomProgram.RunAsync(["erase", folder.Path, "--person", person, .. options]);

    private static async Task PostAsync(RunningServer server, string path, string body)
    {
        using var answer = await server.PostJsonAsync(path, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task PostFileAsync(RunningServer server)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("A"), "name" },
            { new StringContent(Ada), "email" },
            { new ByteArrayContent("the paper of ada"u8.ToArray()), "cv", "cv.txt" },
        };
        using var answer = await server.Client.PostAsync("/api/contact", form);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task RefusedAsync(RunningServer server, string type, string body)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var answer = await server.Client.PostAsync("/api/contact", content);
        Assert.Equal(400, (int)answer.StatusCode);
    }

    private static async Task<int> CountAsync(TestFolder folder, string text)
    {
        var export = await PostroomProgram.RunAsync("export", "/api/contact", "--data", folder.Data, "--held");
        return export.Output.Split(text).Length - 1;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(PostroomProgram.Patience);
        while (!await condition())
        {
            await Task.Delay(20, patience.Token);
        }
    }

    private static List<string> Holding(string data, string text) =>
    [
        .. Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != "postroom.lock")
            .Where(file => ReadShared(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0),
    ];

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return bytes;
    }
}
