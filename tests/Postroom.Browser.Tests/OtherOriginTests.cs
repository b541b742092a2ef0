using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Postroom.Browser.Tests;

/// <summary>Pages of other origins: welcome in development, by exact list in production.</summary>
public sealed class OtherOriginTests(Chromium chromium)
{
    [Fact]
    public async Task In_development_a_page_on_another_port_may_fetch_and_is_logged()
    {
        await using var server = await PostroomServer.StartExampleAsync();
        await using var elsewhere = await PageServer.StartAsync(ForeignPages.Tutorial(server.Url));
        await using var context = await chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(elsewhere.Url);

        await page.GetByText("Send").ClickAsync();

        await Expect(page.Locator("#response")).ToHaveTextAsync(ContactPage.Thanks);
        await server.Log.LineWithAsync(elsewhere.Url);
    }

    [Fact]
    public async Task In_development_a_page_on_another_port_may_post_its_form()
    {
        await using var server = await PostroomServer.StartExampleAsync();
        await using var elsewhere = await PageServer.StartAsync(ForeignPages.Form(server.Url));
        await using var context = await chromium.NewContextWithoutJavaScriptAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(elsewhere.Url);

        await page.GetByText("Send").ClickAsync();

        await Expect(page.Locator("main")).ToContainTextAsync("Thank you");
        Assert.Equal(1, await Inbox.CountAsync(context, server));
        await server.Log.LineWithAsync(elsewhere.Url);
    }

    [Fact]
    public async Task In_development_a_page_opened_as_a_file_may_fetch()
    {
        await using var server = await PostroomServer.StartExampleAsync();
        using var file = new PageFile(ForeignPages.Tutorial(server.Url));
        await using var context = await chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(file.Url);

        await page.GetByText("Send").ClickAsync();

        await Expect(page.Locator("#response")).ToHaveTextAsync(ContactPage.Thanks);
    }

    [Fact]
    public async Task In_development_a_page_opened_as_a_file_may_post_its_form()
    {
        await using var server = await PostroomServer.StartExampleAsync();
        using var file = new PageFile(ForeignPages.Form(server.Url));
        await using var context = await chromium.NewContextWithoutJavaScriptAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(file.Url);

        await page.GetByText("Send").ClickAsync();

        await Expect(page.Locator("main")).ToContainTextAsync("Thank you");
        Assert.Equal(1, await Inbox.CountAsync(context, server));
    }

    [Fact]
    public async Task In_development_a_sandboxed_frame_may_fetch()
    {
        await using var server = await PostroomServer.StartExampleAsync();
        await using var elsewhere = await PageServer.StartAsync(
            ForeignPages.Sandboxed(ForeignPages.Tutorial(server.Url)));
        await using var context = await chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(elsewhere.Url);
        var frame = page.FrameLocator("iframe");

        await frame.GetByText("Send").ClickAsync();

        await Expect(frame.Locator("#response")).ToHaveTextAsync(ContactPage.Thanks);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task In_production_an_unlisted_page_may_not_fetch(bool sandboxed)
    {
        await using var server = await StartProductionAsync();
        var tutorial = ForeignPages.Tutorial(server.Url);
        await using var elsewhere = await PageServer.StartAsync(
            sandboxed ? ForeignPages.Sandboxed(tutorial) : tutorial);
        await using var context = await chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(elsewhere.Url);
        var frame = sandboxed ? page.FrameLocator("iframe").Locator("body") : page.Locator("body");

        await frame.GetByText("Send").ClickAsync();

        await Expect(frame.Locator("#response")).ToHaveTextAsync("There was an error sending your message.");
        Assert.Equal(0, await Inbox.CountAsync(context, server));
    }

    [Fact]
    public async Task In_production_an_unlisted_pages_form_is_told_what_to_add()
    {
        await using var server = await StartProductionAsync();
        await using var elsewhere = await PageServer.StartAsync(ForeignPages.Form(server.Url));
        await using var context = await chromium.NewContextWithoutJavaScriptAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(elsewhere.Url);

        var answer = await page.RunAndWaitForResponseAsync(
            () => page.GetByText("Send").ClickAsync(), response => response.Request.Method == "POST");

        Assert.Equal(403, answer.Status);
        await Expect(page.Locator("main")).ToContainTextAsync(
            $"This page ({elsewhere.Url}) may not post here. To allow it, add it to origins: in postroom.yaml.");
        await Screenshots.TakeAsync(page, "origin-refused");
        Assert.Equal(0, await Inbox.CountAsync(context, server));
    }

    [Fact]
    public async Task In_production_a_page_opened_as_a_file_is_refused()
    {
        await using var server = await StartProductionAsync();
        using var file = new PageFile(ForeignPages.Form(server.Url));
        await using var context = await chromium.NewContextWithoutJavaScriptAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(file.Url);

        var answer = await page.RunAndWaitForResponseAsync(
            () => page.GetByText("Send").ClickAsync(), response => response.Request.Method == "POST");

        Assert.Equal(403, answer.Status);
        Assert.Equal(0, await Inbox.CountAsync(context, server));
    }

    [Fact]
    public async Task In_production_a_listed_page_may_fetch_and_read_the_answer()
    {
        await using var elsewhere = await PageServer.StartAsync();
        await using var server = await StartProductionAsync($"origins: [{elsewhere.Url}]");
        elsewhere.Html = ForeignPages.Tutorial(server.Url);
        await using var context = await chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(elsewhere.Url);

        await page.GetByText("Send").ClickAsync();

        await Expect(page.Locator("#response")).ToHaveTextAsync(ContactPage.Thanks);
    }

    [Fact]
    public async Task A_form_that_was_corrected_on_our_page_goes_on_to_the_declared_site()
    {
        await using var elsewhere = await PageServer.StartAsync();
        await using var server = await PostroomServer.StartChangedExampleAsync(example =>
        {
            example.AddAtTop($"origins: [{elsewhere.Url}]");
            example.Change("redirect: /thanks.html", $"redirect: {elsewhere.Url}/?thanks");
            example.AddAtEnd("    spam: {minimumFillTime: off}");
        });
        elsewhere.Html = ForeignPages.Form(server.Url).Replace("ada@", "ada@@", StringComparison.Ordinal);
        await using var context = await chromium.NewContextWithoutJavaScriptAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(elsewhere.Url);
        await page.GetByText("Send").ClickAsync();
        await page.Locator("form [name=email]").FillAsync("ada@example.com");

        await page.Locator("form [type=submit]").ClickAsync();

        await page.WaitForURLAsync(elsewhere.Url + "/?thanks");
        Assert.Equal(1, await Inbox.CountAsync(context, server));
    }

    private static Task<PostroomServer> StartProductionAsync(string? more = null) =>
        PostroomServer.StartChangedExampleAsync(example =>
        {
            example.AddAtTop("url: https://post.example.com");
            if (more is not null)
            {
                example.AddAtTop(more);
            }
        });
}
