using System.Net;
using System.Text;
using Postroom.Server.Tests.Programs;
using Postroom.Sqlite;
using Postroom.Storage;

namespace Postroom.Server.Tests.Examples;

/// <summary>examples/application as a process: a form with a CV, in C#.</summary>
public sealed class ApplicationTests
{
    private const string Pdf = "%PDF-1.4 a very short CV";

    [Fact]
    public async Task The_CV_is_kept_with_the_application_and_lies_on_the_desk_afterwards()
    {
        using var own = new TestFolder();
        await using var server = await StartAsync(own);
        using var first = await PostAsync(server, "ada@example.com", Pdf, key: "key-of-one-application");
        using var repeat = await PostAsync(server, "ada@example.com", Pdf, key: "key-of-one-application");
        using var twice = await PostAsync(server, "Ada@Example.com", Pdf);
        Assert.Equal(
            [HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.Conflict],
            new[] { first, repeat, twice }.Select(answer => answer.StatusCode));
        Assert.Equal("replayed", repeat.Headers.GetValues("Idempotency-Status").Single());

        await server.Output.WaitForAsync(line => line.Contains("Ada applies as gardener", StringComparison.Ordinal));
        var paper = Assert.Single(Directory.EnumerateFiles(own["desk"]));
        Assert.Equal(first.Headers.GetValues("Postroom-Entry").Single() + ".pdf", Path.GetFileName(paper));
        Assert.Equal(Pdf, await File.ReadAllTextAsync(paper, TestContext.Current.CancellationToken));
        using var store = SqlitePostStore.OpenReadOnly(own.Data, TimeProvider.System);
        using var reader = store.Read();
        var row = Assert.Single(reader.Query(new Statement("select email, bytes from papers")).Rows);
        Assert.Equal<object?>(["ada@example.com", (long)Pdf.Length], row);
    }

    [Fact]
    public async Task A_CV_that_somebody_else_has_sent_is_refused_and_leaves_nothing()
    {
        using var own = new TestFolder();
        await using var server = await StartAsync(own);
        using var first = await PostAsync(server, "ada@example.com", Pdf);
        using var stolen = await PostAsync(server, "eve@example.com", Pdf);
        Assert.Equal(HttpStatusCode.Conflict, stolen.StatusCode);
        Assert.Contains("/cv", await stolen.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await server.Output.WaitForAsync(line => line.Contains("applies as", StringComparison.Ordinal));
        Assert.Single(Directory.EnumerateFiles(own["data/files"], "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("a text that calls itself a PDF", 415)]
    [InlineData(null, 400)]
    public async Task What_is_no_CV_is_refused(string? content, int status)
    {
        using var own = new TestFolder();
        await using var server = await StartAsync(own);
        using var answer = await PostAsync(server, "ada@example.com", content);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task What_was_killed_before_the_desk_lies_there_after_the_next_start()
    {
        using var own = new TestFolder();
        await using (var server = await StartAsync(own))
        {
            // A file in the place of the folder: the job cannot succeed in this life.
            own.Write("desk", "");
            using var answer = await PostAsync(server, "ada@example.com", Pdf);
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            await server.Output.WaitForAsync(line => line.Contains("Attempt 1 at", StringComparison.Ordinal));
            await UntilPutOffAsync(own.Data);
            server.Process.Kill();
            await server.ExitCodeAsync();
        }

        File.Delete(own["desk"]);
        await using var again = await StartAsync(own);
        await again.Output.WaitForAsync(line => line.Contains("applies as gardener", StringComparison.Ordinal));
        Assert.Equal(Pdf, await File.ReadAllTextAsync(
            Assert.Single(Directory.EnumerateFiles(own["desk"])), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Without_JavaScript_the_page_posts_and_goes_on_to_the_thanks()
    {
        using var own = new TestFolder();
        await using var server = await StartAsync(own);
        var page = await server.Client.GetStringAsync("/", TestContext.Current.CancellationToken);
        Assert.Contains("enctype=\"multipart/form-data\"", page, StringComparison.Ordinal);
        using var answer = await PostAsync(server, "ada@example.com", Pdf, accept: "text/html");
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var thanks = await server.Client.GetStringAsync(answer.Headers.Location, TestContext.Current.CancellationToken);
        Assert.Contains("Thank you", thanks, StringComparison.Ordinal);
    }

    /// <summary>Completes when the failed attempt is written down: until then its lease would have to run out.</summary>
    private static async Task UntilPutOffAsync(string data)
    {
        using var patience = new CancellationTokenSource(PostroomProgram.Patience);
        using var store = SqlitePostStore.OpenReadOnly(data, TimeProvider.System);
        while (true)
        {
            using (var reader = store.Read())
            {
                var entry = Assert.Single(reader.ListEntries(new EntryQuery()).Entries);
                if (Assert.Single(reader.ListJobs(entry.Id)) is { State: JobState.Ready, Attempts: 1 })
                {
                    return;
                }
            }

            await Task.Delay(20, patience.Token);
        }
    }

    private static Task<RunningServer> StartAsync(TestFolder folder) => RunningServer.StartAsync(
        new ProgramStart(PostroomProgram.Built("application"), "--urls", "http://127.0.0.1:0") { Folder = folder.Path });

    private static async Task<HttpResponseMessage> PostAsync(
        RunningServer server, string email, string? cv, string? key = null, string accept = "application/json")
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("Ada"), "name" },
            { new StringContent(email), "email" },
            { new StringContent("gardener"), "position" },
        };
        if (cv is not null)
        {
            form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(cv)), "cv", "cv.pdf");
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/application") { Content = form };
        request.Headers.Add("Accept", accept);
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await server.Client.SendAsync(request);
    }
}
