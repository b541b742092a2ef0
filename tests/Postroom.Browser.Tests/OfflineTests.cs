using static Microsoft.Playwright.Assertions;

namespace Postroom.Browser.Tests;

/// <summary>A connection that goes and comes back.</summary>
public sealed class OfflineTests(Chromium chromium)
{
    [Fact]
    public async Task A_message_sent_offline_goes_out_by_itself_when_the_connection_is_back()
    {
        await using var server = await PostroomServer.StartExampleAsync();
        await using var context = await chromium.NewContextAsync();
        var page = await ContactPage.OpenAsync(context, server);
        await page.FillAsync();
        await context.SetOfflineAsync(true);
        await page.Send.ClickAsync();
        await Expect(page.Status).ToContainTextAsync("You are offline");
        await Screenshots.TakeAsync(page.Page, "contact-offline");

        await context.SetOfflineAsync(false);

        await page.ExpectThanksAsync();
        await Expect(page.Count).ToHaveTextAsync("2 requests, 1 entry stored");
        Assert.Equal(1, await Inbox.CountAsync(context, server));
    }

    [Fact]
    public async Task A_message_changed_while_offline_waits_for_the_button()
    {
        await using var server = await PostroomServer.StartExampleAsync();
        await using var context = await chromium.NewContextAsync();
        var page = await ContactPage.OpenAsync(context, server);
        await page.FillAsync();
        await context.SetOfflineAsync(true);
        await page.Send.ClickAsync();
        await Expect(page.Status).ToContainTextAsync("You are offline");
        await page.Message.FillAsync("Half a thou");

        await page.Page.EvaluateAsync("addEventListener('online', () => document.body.classList.add('online'))");
        await context.SetOfflineAsync(false);
        await page.Page.Locator("body.online").WaitForAsync();

        await Expect(page.Status).ToContainTextAsync("It is sent when you press the button");
        await page.Message.FillAsync("Half a thought, and its other half");
        await page.Send.ClickAsync();
        await page.ExpectThanksAsync();
        Assert.Equal(1, await Inbox.CountAsync(context, server));
    }
}
