using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Postroom.Browser.Tests;

/// <summary>Browsers that lack something the page would like to have.</summary>
public sealed class PoorBrowserTests(Chromium chromium)
{
    [Fact]
    public async Task A_script_that_does_not_load_leaves_a_form_that_posts()
    {
        await using var server = await PostroomServer.StartExampleAsync();
        await using var context = await chromium.NewContextAsync();
        await context.RouteAsync("**/*.js", route => route.AbortAsync());
        var page = await ContactPage.OpenAsync(context, server);
        await Expect(page.Page.GetByRole(AriaRole.Button)).ToHaveCountAsync(1);
        await page.FillAsync();

        await page.Send.ClickAsync();

        await page.Page.WaitForURLAsync("**/thanks.html");
        Assert.Equal(1, await Inbox.CountAsync(context, server));
    }

    [Fact]
    public async Task Over_plain_http_in_a_local_network_the_page_makes_its_key_itself()
    {
        await using var server = await PostroomServer.StartExampleAsync();
        await using var context = await chromium.NewContextAsync();
        await context.AddInitScriptAsync(
            "delete Crypto.prototype.randomUUID; Object.defineProperty(navigator, 'clipboard', { value: undefined });");
        var page = await ContactPage.OpenAsync(context, server);
        await page.FillAsync();

        var request = await page.Page.RunAndWaitForRequestAsync(
            () => page.Send.ClickAsync(), sent => sent.Method == "POST");

        Assert.Matches(
            "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
            await request.HeaderValueAsync("Idempotency-Key"));
        await page.ExpectThanksAsync();
        await Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "Copy" })).ToBeHiddenAsync();
        Assert.Empty(page.ScriptErrors);
    }

    [Fact]
    public async Task A_browser_that_forbids_storage_still_keeps_one_key_for_one_message()
    {
        await using var server = await PostroomServer.StartExampleAsync();
        await using var context = await chromium.NewContextAsync();
        await context.AddInitScriptAsync(
            "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('denied'); } });");
        var page = await ContactPage.OpenAsync(context, server);
        await page.FillAsync();
        await page.Send.ClickAsync();
        await page.ExpectThanksAsync();

        await page.SendAgain.ClickAsync();

        await Expect(page.Count).ToHaveTextAsync("2 requests, 1 entry stored");
        Assert.Empty(page.ScriptErrors);
    }
}
