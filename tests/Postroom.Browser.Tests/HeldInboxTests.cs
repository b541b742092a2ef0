using System.Net.Http.Headers;
using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Postroom.Browser.Tests;

/// <summary>The owner meets what was set aside, and the files that people sent.</summary>
public sealed class HeldInboxTests(Chromium chromium)
{
    private const string Application = """
          /api/application:
            kind: form
            schema:
              type: object
              required: [name, cv]
              properties:
                name: {type: string, maxLength: 200}
                cv:   {type: string, contentMediaType: application/pdf}
        """;

    [Fact]
    public async Task What_was_set_aside_is_told_apart_and_let_through()
    {
        await using var server = await StartAsync();
        await using var context = await chromium.NewContextAsync();
        using var client = new HttpClient();
        await PostAsync(client, server, "name=Win&email=win@example.com&message=Cheap&_gotcha=https://example.com");
        await PostAsync(client, server, "name=Ada&message=" + new string('m', 6000));
        await PostAsync(client, server, "name=Ada&email=ada@example.com&message=Hello");

        var inbox = await Inbox.OpenAsync(context, server);
        await ListedAsync(inbox, server, "/_postroom/", 3);
        await Screenshots.TakeAsync(inbox, "inbox-mixed");
        await ListedAsync(inbox, server, "/_postroom/held", 2);
        await Screenshots.TakeAsync(inbox, "inbox-held");

        await Inbox.Rows(inbox).Filter(new() { HasText = "Win" }).ClickAsync();
        await Screenshots.TakeAsync(inbox, "inbox-held-spam");
        await inbox.GetByRole(AriaRole.Button, new() { Name = "Release" }).ClickAsync();
        await ListedAsync(inbox, server, "/_postroom/held", 1);

        await Inbox.Rows(inbox).ClickAsync();
        await Screenshots.TakeAsync(inbox, "inbox-quarantined");
        await inbox.GetByRole(AriaRole.Button, new() { Name = "Run again" }).ClickAsync();
        await Expect(inbox.Locator("main")).ToContainTextAsync("refused again");
        await Screenshots.TakeAsync(inbox, "inbox-refused-again");
    }

    [Fact]
    public async Task What_one_rule_refused_runs_again_by_one_click_and_is_saved_as_it_came()
    {
        await using var server = await StartAsync();
        await using var context = await chromium.NewContextAsync();
        using var client = new HttpClient();
        var first = "name=Ada&message=" + new string('m', 6000);
        await PostAsync(client, server, first);
        await PostAsync(client, server, first);
        await PostAsync(client, server, "name=Eve&message=" + new string('m', 6000));
        var inbox = await Inbox.OpenAsync(context, server);
        await ListedAsync(inbox, server, "/_postroom/held", 2);
        await inbox.GetByLabel("Reason").SelectOptionAsync("refused:validation-failed");
        await inbox.GetByRole(AriaRole.Button, new() { Name = "Find" }).ClickAsync();
        await Screenshots.TakeAsync(inbox, "inbox-run-all");

        await inbox.GetByRole(AriaRole.Button, new() { Name = "Run all of these again" }).ClickAsync();

        await Expect(inbox.GetByRole(AriaRole.Status)).ToContainTextAsync("2 refused again.");
        await Screenshots.TakeAsync(inbox, "inbox-ran-all");
        await Inbox.Rows(inbox).Filter(new() { HasText = "Ada" }).ClickAsync();
        await Expect(inbox.Locator("main")).ToContainTextAsync("came 2 times");
        await Screenshots.TakeAsync(inbox, "inbox-kept-body");
        var saved = await inbox.RunAndWaitForDownloadAsync(
            () => inbox.GetByRole(AriaRole.Link, new() { Name = "Save it byte for byte" }).ClickAsync());
        Assert.Equal(first, await File.ReadAllTextAsync(
            await saved.PathAsync(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_is_saved_and_not_shown()
    {
        await using var server = await StartAsync();
        await using var context = await chromium.NewContextAsync();
        using var client = new HttpClient();
        var pdf = "%PDF-1.7\n%%EOF\n"u8.ToArray();
        using var file = new ByteArrayContent(pdf);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        using var form = new MultipartFormDataContent
        {
            { new StringContent("Ada"), "name" },
            { file, "cv", "Lebenslauf Größe.pdf" },
        };
        using var answer = await client.PostAsync(
            server.Url + "/api/application", form, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();

        var inbox = await Inbox.OpenAsync(context, server);
        await Inbox.Rows(inbox).ClickAsync();
        await Screenshots.TakeAsync(inbox, "inbox-file");
        var saved = await inbox.RunAndWaitForDownloadAsync(() => inbox.Locator("ul.files a").ClickAsync());

        Assert.Equal("Lebenslauf Größe.pdf", saved.SuggestedFilename);
        Assert.Equal(pdf, await File.ReadAllBytesAsync(await saved.PathAsync(), TestContext.Current.CancellationToken));
    }

    private static Task<PostroomServer> StartAsync() => PostroomServer.StartChangedExampleAsync(example =>
    {
        example.AddAtTop("quarantine: 7d");
        example.AddAtEnd(Application);
    });

    private static async Task PostAsync(HttpClient client, PostroomServer server, string form)
    {
        using var body = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded");
        using var answer = await client.PostAsync(
            server.Url + "/api/contact", body, TestContext.Current.CancellationToken);
        Assert.True((int)answer.StatusCode < 500);
    }

    /// <summary>What was refused is kept after its answer has gone out, so the page is loaded until then.</summary>
    private static async Task ListedAsync(IPage inbox, PostroomServer server, string path, int count)
    {
        for (var attempt = 0; attempt < 50; attempt++)
        {
            await inbox.GotoAsync(server.Url + path);
            if (await Inbox.Rows(inbox).CountAsync() == count)
            {
                break;
            }
        }

        await Expect(Inbox.Rows(inbox)).ToHaveCountAsync(count);
    }
}
