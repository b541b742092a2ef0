using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Postroom.Server.Tests.Programs;
using Postroom.Sqlite.Verifying;

namespace Postroom.Postgres.Tests.Copying;

/// <summary><c>copy</c> as a shell sees it, and real servers on both sides of it.</summary>
public sealed class CommandTests(PostgresServer server) : CopyTest(server)
{
    private const string Endpoints = """
        limits: {rate: off}
        endpoints:
          /api/contact: {kind: form}
          /api/apply:
            kind: form
            schema:
              type: object
              properties: {name: {type: string}, cv: {type: string, format: binary}}
            files: {types: [text/plain]}
        """;

    [Fact]
    public async Task A_repeat_of_what_the_source_took_is_answered_by_the_copy_byte_for_byte()
    {
        using var here = TestFolder.With(Endpoints);
        string[] answers;
        string link;
        await using (var sqlite = await RunningServer.StartAsync(here.Path))
        {
            answers = await SendAllAsync(sqlite);
            link = (await PostroomProgram.RunAsync("link", here.Path, "--listen", sqlite.Address)).Output.Trim();
            Assert.Equal(0, await sqlite.StopAsync());
        }

        var copied = await PostroomProgram.RunAsync("copy", "--from", $"sqlite:{here.Data}", "--to", Address);
        Assert.Equal((0, ""), (copied.ExitCode, copied.Error));
        Assert.Contains($"its files are in {here.Data}/files.", copied.Output, StringComparison.Ordinal);

        using var there = Declared();
        await using (var node = await RunningServer.StartAsync(there.Path, "--data", here.Data))
        {
            Assert.Equal(answers, await SendAllAsync(node));
            using var signedIn = await node.Client.GetAsync(new Uri(link).PathAndQuery);
            Assert.True((int)signedIn.StatusCode < 400, signedIn.ToString());
            using var other = await node.PostJsonAsync("/api/contact", """{"name":"Eve"}""", Key(1));
            Assert.Equal(422, (int)other.StatusCode);
            using var later = await node.PostJsonAsync("/api/contact", """{"name":"later"}""", Key(9));
            Assert.Equal(201, (int)later.StatusCode);
            Assert.True(string.CompareOrdinal(
                later.Headers.GetValues("Postroom-Entry").Single(), answers[^1].Split('\n')[1]) > 0);
            Assert.Equal(0, await node.StopAsync());
        }

        var back = await PostroomProgram.RunAsync(
            "copy", "--from", Address, "--to", $"sqlite:{here["back"]}", "--files", here.Data);
        Assert.Equal((0, ""), (back.ExitCode, back.Error));
        await using var again = await RunningServer.StartAsync(here.Path, "--data", here["back"]);
        Assert.Equal(answers, await SendAllAsync(again));
    }

    [Fact]
    public async Task Killed_at_any_moment_it_goes_on_until_all_is_there()
    {
        const int Entries = 100_000;
        const int Kills = 12;
        await using (await OpenSqliteAsync())
        {
            // It makes the tables.
        }

        LargeStore.Fill(Data, Entries, DateTimeOffset.Parse("2026-11-01", CultureInfo.InvariantCulture).ToUnixTimeMilliseconds());
        var before = Dump(Data);
        var back = Folder.File("back");
        await KillAsync(Kills, "copy", "--from", $"sqlite:{Data}", "--to", Address);
        Assert.Equal((long)Entries, await RunAsync("SELECT count(*) FROM postroom.entries"));
        await KillAsync(Kills, "copy", "--from", Address, "--to", $"sqlite:{back}");

        Assert.Equal(before, Dump(back));
        Assert.Empty(new StoreVerification(back, deep: true, Time).Run().Findings);
    }

    [Fact]
    public async Task What_fails_is_a_sentence_without_a_password()
    {
        await FillAsync();
        var unreachable = await PostroomProgram.RunAsync(
            "copy", "--from", $"sqlite:{Data}", "--to", "postgres://ada:secret@127.0.0.1:1/posts");
        var wrong = await PostroomProgram.RunAsync("copy", "--from", $"sqlite:{Data}", "--to", "postgres:Host=a;Pasword=secret");
        await using var running = await OpenSqliteAsync();
        var inUse = await PostroomProgram.RunAsync("copy", "--from", $"sqlite:{Data}", "--to", Address);

        Assert.Contains("127.0.0.1:1", unreachable.Error, StringComparison.Ordinal);
        Assert.Contains("is in use by another Postroom", inUse.Error, StringComparison.Ordinal);
        foreach (var result in new[] { unreachable, wrong, inUse })
        {
            Assert.Equal(1, result.ExitCode);
            Assert.DoesNotContain("secret", result.Error + result.Output, StringComparison.Ordinal);
            result.AssertNoStackTrace();
        }
    }

    [Fact]
    public async Task The_password_of_the_source_is_nowhere_in_the_copy()
    {
        await FillAsync();
        await ToPostgresAsync();
        var address = Address.Replace("postroom@", "postroom:hushhush@", StringComparison.Ordinal);

        var result = await PostroomProgram.RunAsync(
            "copy", "--from", address, "--to", $"sqlite:{Folder.File("back")}", "--files", Data);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.DoesNotContain("hushhush", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "hushhush", Encoding.Latin1.GetString(await File.ReadAllBytesAsync(
                Path.Combine(Folder.File("back"), "postroom.db"), TestContext.Current.CancellationToken)),
            StringComparison.Ordinal);
    }

    private TestFolder Declared() => TestFolder.With($"""
        store: {"{"}postgres: "{Address}"{"}"}
        files: {"{"}disk: {"{"}shared: true{"}"}{"}"}
        {Endpoints}
        """);

    private static string Key(int number) => $"a-key-of-{number:d20}";

    /// <summary>What comes back of a few POSTs with keys: the status, the entry and the body.</summary>
    private static async Task<string[]> SendAllAsync(RunningServer server)
    {
        using var file = new MultipartFormDataContent("a-boundary")
        {
            { new StringContent("Ada"), "name" },
            { new ByteArrayContent("a file"u8.ToArray()), "cv", "cv.txt" },
        };
        using var apply = new HttpRequestMessage(HttpMethod.Post, "/api/apply") { Content = file };
        apply.Headers.Add("Idempotency-Key", Key(0));
        apply.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return
        [
            await TextAsync(await server.Client.SendAsync(apply)),
            await TextAsync(await server.PostJsonAsync("/api/contact", """{"name":"Ada"}""", Key(1))),
            await TextAsync(await server.PostJsonAsync(
                "/api/contact", "{\"name\":\"\\n \u00e9\",\"n\":123456789012345678901}", Key(2))),
        ];
    }

    private static async Task<string> TextAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            var body = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, body);
            return $"{(int)answer.StatusCode}\n{answer.Headers.GetValues("Postroom-Entry").Single()}\n{body}";
        }
    }

    /// <summary>Kills the command again and again, later each time, and then lets it come to its end.</summary>
    private static async Task KillAsync(int kills, params string[] command)
    {
        for (var kill = 0; kill < kills; kill++)
        {
            using var process = Process.Start(new ProgramStart(PostroomProgram.Path, command).Info())!;
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            using var moment = new CancellationTokenSource(TimeSpan.FromMilliseconds(300 + (60 * kill)));
            try
            {
                await process.WaitForExitAsync(moment.Token);
                Assert.Equal((0, ""), (process.ExitCode, await error));
            }
            catch (OperationCanceledException)
            {
                process.Kill();
                await process.WaitForExitAsync();
            }

            await output;
        }

        var result = await PostroomProgram.RunAsync(command);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }
}
