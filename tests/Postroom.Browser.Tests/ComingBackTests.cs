using static Microsoft.Playwright.Assertions;

namespace Postroom.Browser.Tests;

/// <summary>Reload and the back button: the text is there again, and nothing is sent.</summary>
public sealed class ComingBackTests(Chromium chromium)
{
    [Fact]
    public async Task Reloading_after_sending_sends_nothing_again()
    {
        await using var server = await PostroomServer.StartExampleAsync();
        await using var context = await chromium.NewContextAsync();
        var page = await ContactPage.OpenAsync(context, server);
        await page.FillAsync();
        await page.Send.ClickAsync();
        await page.ExpectThanksAsync();
        var entry = await page.Entry.InnerTextAsync();

        await page.Page.ReloadAsync();

        await Expect(page.Status).ToContainTextAsync("nothing was sent again");
        await Expect(page.Entry).ToHaveTextAsync(entry);
        await Expect(page.Message).ToHaveValueAsync("Hello");
        Assert.Equal(1, page.Posts);

        await page.Send.ClickAsync();
        await Expect(page.Count).ToHaveTextAsync("2 requests, 1 entry stored");
    }

    [Fact]
    public async Task Text_that_was_not_sent_yet_survives_a_reload_unsent()
    {
        await using var server = await PostroomServer.StartExampleAsync();
        await using var context = await chromium.NewContextAsync();
        var page = await ContactPage.OpenAsync(context, server);
        await page.FillAsync(message: "Half a thought");

        await page.Page.ReloadAsync();

        await Expect(page.Name).ToHaveValueAsync("Ada");
        await Expect(page.Message).ToHaveValueAsync("Half a thought");
        await Expect(page.Status).ToBeEmptyAsync();
        Assert.Equal(0, page.Posts);
    }

    [Fact]
    public async Task The_back_button_brings_the_text_and_sends_nothing()
    {
        await using var server = await PostroomServer.StartExampleAsync();
        await using var context = await chromium.NewContextAsync();
        var page = await ContactPage.OpenAsync(context, server);
        await page.FillAsync();
        await page.Send.ClickAsync();
        await page.ExpectThanksAsync();
        await page.Page.GotoAsync(server.Url + "/thanks.html");

        await page.Page.GoBackAsync();

        await Expect(page.Message).ToHaveValueAsync("Hello");
        await Expect(page.Panel).ToContainTextAsync(ContactPage.Thanks);
        Assert.Equal(1, page.Posts);
        await page.Send.ClickAsync();
        await Expect(page.Count).ToHaveTextAsync("2 requests, 1 entry stored");
    }

    [Fact]
    public async Task A_second_tab_writes_its_own_message()
    {
        await using var server = await PostroomServer.StartExampleAsync();
        await using var context = await chromium.NewContextAsync();
        var first = await ContactPage.OpenAsync(context, server);
        var second = await ContactPage.OpenAsync(context, server);
        await first.FillAsync();
        await first.Send.ClickAsync();
        await first.ExpectThanksAsync();

        await Expect(second.Name).ToHaveValueAsync("");
        await second.FillAsync();
        await second.Send.ClickAsync();
        await second.ExpectThanksAsync();

        Assert.NotEqual(await first.Entry.InnerTextAsync(), await second.Entry.InnerTextAsync());
    }
}
