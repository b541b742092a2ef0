using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Postroom.Browser.Tests;

/// <summary>Forms that ask for a proof of work, on our page and on those of others, on a phone.</summary>
public sealed class ProofOfWorkTests(Chromium chromium)
{
    private const string Challenge = "**/_postroom/challenge/**";

    /// <summary>A static page elsewhere: a plain form and one line for the script.</summary>
    private static string PageWithForm(string postroom) => $"""
        <!doctype html>
        <title>Elsewhere</title>
        <form method="post" action="{postroom}/api/contact">
          <input name="name" value="Ada">
          <input name="email" value="ada@example.com">
          <input name="action" type="hidden" value="a name that hides the form's own">
          <button type="submit">Send</button>
        </form>
        <script type="module" src="{postroom}/_postroom/proof.js"></script>
        """;

    [Fact]
    public async Task The_generated_form_finds_its_proof_and_is_stored()
    {
        await using var server = await StartAsync();
        await using var context = await OnPhoneAsync();
        var page = await OpenFormAsync(context, server);
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);
        page.PageError += (_, error) => complaints.Add(error);
        await FillAsync(page);

        await page.GetByRole(AriaRole.Button).ClickAsync();

        await page.WaitForURLAsync("**/thanks.html");
        Assert.Empty(complaints);
        Assert.Equal(1, await Inbox.CountAsync(context, server));
    }

    [Fact]
    public async Task Without_JavaScript_the_form_is_taken_and_held_for_a_person()
    {
        await using var server = await StartAsync();
        await using var context = await chromium.NewContextAsync(
            new() { JavaScriptEnabled = false, ViewportSize = Screenshots.Phone });
        var page = await OpenFormAsync(context, server);
        await FillAsync(page);

        await page.GetByRole(AriaRole.Button).ClickAsync();

        await page.WaitForURLAsync("**/thanks.html");
        await ExpectHeldAsync(context, server, "Came without its proof of work");
    }

    [Fact]
    public async Task What_is_sent_too_soon_waits_and_says_so()
    {
        await using var server = await StartAsync();
        await using var context = await OnPhoneAsync();
        var gate = new TaskCompletionSource();
        await context.RouteAsync(Challenge, async route =>
        {
            await gate.Task;
            await route.ContinueAsync();
        });
        var page = await OpenFormAsync(context, server);
        await FillAsync(page);
        await page.GetByRole(AriaRole.Button).DblClickAsync();

        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Preparing to send…");
        await Expect(page.GetByRole(AriaRole.Progressbar, new() { Name = "Preparing to send…" })).ToBeVisibleAsync();
        await Expect(page.Locator("form")).ToHaveAttributeAsync("aria-busy", "true");
        await Screenshots.TakeAsync(page, "proof-waits");
        await page.Locator("[name=message]").FillAsync("The page goes on meanwhile");
        gate.SetResult();

        await page.WaitForURLAsync("**/thanks.html");
        Assert.Equal(1, await Inbox.CountAsync(context, server));
    }

    [Fact]
    public async Task A_corrected_form_finds_another()
    {
        await using var server = await StartAsync();
        await using var context = await OnPhoneAsync();
        var page = await OpenFormAsync(context, server);
        await page.Locator("form").EvaluateAsync("form => form.noValidate = true");
        await FillAsync(page, email: "ada@@example");
        await page.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.Locator("[name=email]")).ToHaveAttributeAsync("aria-invalid", "true");
        await page.Locator("[name=email]").FillAsync("ada@example.com");

        await page.GetByRole(AriaRole.Button).ClickAsync();

        await page.WaitForURLAsync("**/thanks.html");
        Assert.Equal(1, await Inbox.CountAsync(context, server));
    }

    [Fact]
    public async Task A_challenge_that_cannot_be_had_keeps_nobody_from_sending()
    {
        await using var server = await StartAsync();
        await using var context = await OnPhoneAsync();
        await context.RouteAsync(Challenge, route => route.AbortAsync());
        var page = await OpenFormAsync(context, server);
        await FillAsync(page);

        await page.GetByRole(AriaRole.Button).ClickAsync();

        await page.WaitForURLAsync("**/thanks.html");
        await ExpectHeldAsync(context, server, "Came without its proof of work");
    }

    [Fact]
    public async Task A_form_of_a_listed_site_needs_one_line_for_the_script()
    {
        await using var elsewhere = await PageServer.StartAsync();
        await using var server = await PostroomServer.StartChangedExampleAsync(example =>
        {
            example.AddAtTop($"url: https://post.example.com\norigins: [{elsewhere.Url}]");
            example.Change("redirect: /thanks.html", $"redirect: {elsewhere.Url}/?thanks");
            example.AddAtEnd("    spam: {minimumFillTime: off, proofOfWork: on}");
        });
        elsewhere.Html = PageWithForm(server.Url);
        await using var context = await OnPhoneAsync();

        // Over plain http in a local network there is no WebCrypto.
        await context.AddInitScriptAsync("Object.defineProperty(window, 'crypto', { value: undefined });");
        var page = await context.NewPageAsync();
        await page.GotoAsync(elsewhere.Url);

        await page.GetByText("Send").ClickAsync();

        await page.WaitForURLAsync(elsewhere.Url + "/?thanks");
        Assert.Equal(1, await Inbox.CountAsync(context, server));
    }

    [Fact]
    public async Task A_form_that_a_script_sends_names_its_endpoint_and_proves_each_message()
    {
        await using var server = await PostroomServer.StartChangedExampleAsync(example =>
        {
            example.AddPage("own.html", ForeignPages.Tutorial("").Replace(
                "<form id=\"contactForm\">",
                "<script type=\"module\" src=\"/_postroom/proof.js\"></script>"
                + "<form id=\"contactForm\" data-proof=\"/api/contact\" data-proof-text=\"Moment bitte\">",
                StringComparison.Ordinal));
            example.AddAtEnd("    spam: {minimumFillTime: off, proofOfWork: on}");
        });
        await using var context = await OnPhoneAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(server.Url + "/own.html");
        await SendAndReadAsync(page, "Hello");

        await SendAndReadAsync(page, "Hello again");

        Assert.Equal(2, await Inbox.CountAsync(context, server));
    }

    [Fact]
    public async Task A_page_without_a_form_asks_for_a_proof_by_itself()
    {
        await using var server = await StartAsync();
        await using var context = await OnPhoneAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(server.Url + "/thanks.html");

        var status = await page.EvaluateAsync<int>("""
            async () => {
              const { prove } = await import('/_postroom/proof.js');
              const altcha = await prove('/api/contact');
              const answer = await fetch('/api/contact', {
                method: 'POST',
                headers: { 'Content-Type': 'application/json' },
                body: JSON.stringify({ name: 'Ada', email: 'ada@example.com', altcha }),
              });
              return answer.status;
            }
            """);

        Assert.Equal(201, status);
        Assert.Equal(1, await Inbox.CountAsync(context, server));
    }

    [Fact]
    public async Task The_script_lets_forms_pass_that_ask_for_no_proof()
    {
        await using var server = await PostroomServer.StartExampleAsync();
        await using var elsewhere = await PageServer.StartAsync(PageWithForm(server.Url));
        await using var context = await OnPhoneAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(elsewhere.Url);

        await page.GetByText("Send").ClickAsync();

        await Expect(page.Locator("main")).ToContainTextAsync("Thank you");
        Assert.Equal(1, await Inbox.CountAsync(context, server));
    }

    private static async Task SendAndReadAsync(IPage page, string message)
    {
        await page.Locator("[name=message]").FillAsync(message);
        var answer = await page.RunAndWaitForResponseAsync(
            () => page.GetByText("Send").ClickAsync(), response => response.Request.Method == "POST");
        Assert.Equal(201, answer.Status);
        await Expect(page.Locator("#response")).ToHaveTextAsync(ContactPage.Thanks);
    }

    private static async Task ExpectHeldAsync(IBrowserContext context, PostroomServer server, string reason)
    {
        var inbox = await Inbox.OpenAsync(context, server);
        await inbox.GotoAsync(server.Url + "/_postroom/?state=stored");
        Assert.Equal(0, await Inbox.Rows(inbox).CountAsync());
        await inbox.GotoAsync(server.Url + "/_postroom/held");
        await Expect(inbox.Locator("main p", new() { HasText = reason })).ToBeVisibleAsync();
    }

    private Task<IBrowserContext> OnPhoneAsync() => chromium.NewContextAsync(new() { ViewportSize = Screenshots.Phone });

    private static async Task<IPage> OpenFormAsync(IBrowserContext context, PostroomServer server)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(server.Url + "/api/contact");
        return page;
    }

    private static async Task FillAsync(IPage page, string email = "ada@example.com")
    {
        await page.Locator("[name=name]").FillAsync("Ada");
        await page.Locator("[name=email]").FillAsync(email);
    }

    /// <summary>A test fills a form faster than a person, who would be held for a program.</summary>
    private static Task<PostroomServer> StartAsync() => PostroomServer.StartChangedExampleAsync(
        example => example.AddAtEnd("    spam: {minimumFillTime: off, proofOfWork: on}"));
}
