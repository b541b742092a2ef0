using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Postroom.Browser.Tests;

/// <summary>Double clicks, slow networks, answers that are lost on the way: always one entry.</summary>
public sealed class ImpatienceTests(Chromium chromium)
{
    [Fact]
    public async Task A_double_click_is_one_entry()
    {
        await using var server = await PostroomServer.StartExampleAsync();
        await using var context = await chromium.NewContextAsync();
        var page = await ContactPage.OpenAsync(context, server);
        await page.FillAsync();

        await page.Send.DblClickAsync();

        await page.ExpectThanksAsync();
        await Expect(page.Count).ToContainTextAsync("1 entry stored");
        Assert.Equal(1, await Inbox.CountAsync(context, server));
    }

    [Fact]
    public async Task A_second_click_on_a_slow_network_sends_nothing_more_and_is_answered()
    {
        await using var server = await PostroomServer.StartExampleAsync();
        await using var context = await chromium.NewContextAsync();
        var page = await ContactPage.OpenAsync(context, server);
        var network = new TaskCompletionSource();
        await page.Page.RouteAsync("**/api/contact", async route =>
        {
            await network.Task;
            await route.ContinueAsync();
        });
        await page.FillAsync();

        await page.Send.ClickAsync();
        await Expect(page.Status).ToContainTextAsync("Sending your message");
        await page.Send.ClickAsync();
        await Expect(page.Status).ToContainTextAsync("Still sending");
        await Expect(page.Send).ToBeEnabledAsync();
        await Screenshots.TakeAsync(page.Page, "contact-sending");
        network.SetResult();

        await page.ExpectThanksAsync();
        Assert.Equal(1, page.Posts);
        Assert.Equal(1, await Inbox.CountAsync(context, server));
    }

    [Fact]
    public async Task An_answer_lost_on_the_way_is_fetched_by_trying_again()
    {
        await using var server = await PostroomServer.StartExampleAsync();
        await using var context = await chromium.NewContextAsync();
        var page = await ContactPage.OpenAsync(context, server);
        await page.Page.RouteAsync("**/api/contact", async route =>
        {
            await route.FetchAsync();
            await route.AbortAsync("connectionreset");
        });
        await page.FillAsync();
        await page.Send.ClickAsync();
        await Expect(page.Status).ToContainTextAsync("cannot be reached");
        await Expect(page.Status).Not.ToContainTextAsync("Thank you");
        await page.Page.UnrouteAsync("**/api/contact");

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();

        await page.ExpectThanksAsync();
        await Expect(page.Panel).ToContainTextAsync("replayed");
        Assert.Equal(1, await Inbox.CountAsync(context, server));
    }

    [Fact]
    public async Task A_server_that_was_killed_takes_the_same_message_when_it_is_back()
    {
        await using var server = await PostroomServer.StartExampleAsync();
        await using var context = await chromium.NewContextAsync();
        var page = await ContactPage.OpenAsync(context, server);
        await page.FillAsync();
        await page.Send.ClickAsync();
        await page.ExpectThanksAsync();
        var entry = await page.Entry.InnerTextAsync();

        await server.KillAsync();
        await page.SendAgain.ClickAsync();
        await Expect(page.Status).ToContainTextAsync("cannot be reached");
        await Screenshots.TakeAsync(page.Page, "contact-unreachable");
        await server.StartAgainAsync();
        await page.Send.ClickAsync();

        await page.ExpectThanksAsync();
        await Expect(page.Entry).ToHaveTextAsync(entry);
        Assert.Equal(1, await Inbox.CountAsync(context, server));
    }

    [Theory]
    [InlineData(200, "text/html", "<p>Please accept the terms of this hotel</p>")]
    [InlineData(200, "application/json", "{}")]
    [InlineData(502, "text/html", "<p>Bad gateway</p>")]
    public async Task An_answer_that_is_not_the_post_rooms_is_never_a_thanks(int status, string type, string body)
    {
        await using var server = await PostroomServer.StartExampleAsync();
        await using var context = await chromium.NewContextAsync();
        var page = await ContactPage.OpenAsync(context, server);
        await page.Page.RouteAsync("**/api/contact", route => route.FulfillAsync(
            new() { Status = status, ContentType = type, Body = body }));
        await page.FillAsync();

        await page.Send.ClickAsync();

        await Expect(page.Status).ToContainTextAsync("did not come from the post room");
        await Expect(page.Send).ToHaveTextAsync("Try again");
    }
}
