using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Postroom.Browser.Tests;

/// <summary>The owner's side: the inbox on a phone and on a desktop.</summary>
public sealed class InboxTests(Chromium chromium)
{
    [Fact]
    public async Task What_was_sent_is_listed_as_text()
    {
        await using var server = await PostroomServer.StartExampleAsync();
        await using var context = await chromium.NewContextAsync();
        var page = await ContactPage.OpenAsync(context, server);
        await page.FillAsync(name: "<b>Ada</b>", message: "</td><script>document.title = 'run'</script>");
        await page.Send.ClickAsync();
        await Expect(page.Status).ToContainTextAsync("Thank you");
        var entry = await page.Entry.InnerTextAsync();

        var inbox = await Inbox.OpenAsync(context, server);

        await Expect(Inbox.Rows(inbox)).ToHaveCountAsync(1);
        await Expect(Inbox.Rows(inbox)).ToContainTextAsync("<b>Ada</b>");
        await Expect(inbox).Not.ToHaveTitleAsync("run");
        await Screenshots.TakeAsync(inbox, "inbox");

        await Inbox.Rows(inbox).ClickAsync();
        await Expect(inbox.Locator("main")).ToContainTextAsync(entry);
        await Expect(inbox.Locator("main")).ToContainTextAsync("ada@example.com");
        await Screenshots.TakeAsync(inbox, "inbox-entry");
    }

    [Fact]
    public async Task An_empty_inbox_says_what_to_do()
    {
        await using var server = await PostroomServer.StartExampleAsync();
        await using var context = await chromium.NewContextAsync();

        var inbox = await Inbox.OpenAsync(context, server);

        await Expect(inbox.Locator(".empty")).ToBeVisibleAsync();
        await Screenshots.TakeAsync(inbox, "inbox-empty");
    }

    [Fact]
    public async Task Nobody_reads_it_without_the_link()
    {
        await using var server = await PostroomServer.StartExampleAsync();
        await using var context = await chromium.NewContextAsync();
        var page = await ContactPage.OpenAsync(context, server);
        await page.FillAsync();
        await page.Send.ClickAsync();
        await page.ExpectThanksAsync();

        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Inbox" }).ClickAsync();

        await Expect(page.Page.Locator("main")).Not.ToContainTextAsync("ada@example.com");
        await Screenshots.TakeAsync(page.Page, "inbox-locked");
    }
}
