using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Postroom.Browser.Tests;

/// <summary>examples/bookings in browsers: a time is given away once.</summary>
public sealed class BookingTests(Chromium chromium)
{
    private const string Day = "2030-06-03";

    [Fact]
    public async Task Of_two_browsers_that_choose_one_time_one_has_it_and_the_other_is_told()
    {
        await using var server = await PostroomServer.StartExampleAsync("bookings");
        await using var first = await chromium.NewContextAsync();
        await using var second = await chromium.NewContextAsync();
        var pages = await Task.WhenAll(OpenAsync(first, server), OpenAsync(second, server));

        await Task.WhenAll(pages.Select(page => Time(page, "10:30").ClickAsync()));

        foreach (var page in pages)
        {
            await Expect(page.GetByRole(AriaRole.Status)).Not.ToContainTextAsync("Nothing yet");
        }

        var texts = await Task.WhenAll(pages.Select(page => page.GetByRole(AriaRole.Status).InnerTextAsync()));
        Assert.Single(texts, text => text == "Monday, June 3, 2030, 10:30, is held for you.");
        Assert.Single(texts, text => text == "Somebody else has 10:30. Choose another time.");
        var late = pages[Array.FindIndex(texts, text => text.StartsWith("Somebody", StringComparison.Ordinal))];
        await Expect(Time(late, "10:30")).ToBeDisabledAsync();
        await Screenshots.TakeAsync(late, "bookings-taken");

        await Time(late, "11:15").ClickAsync();

        await Expect(late.GetByRole(AriaRole.Status)).ToContainTextAsync("11:15, is held for you.");
    }

    [Fact]
    public async Task A_time_is_held_confirmed_and_given_back()
    {
        await using var server = await PostroomServer.StartExampleAsync("bookings");
        await using var context = await chromium.NewContextAsync();
        var page = await OpenAsync(context, server);
        await Time(page, "09:00").ClickAsync();
        await Expect(page.Locator("#left")).ToBeVisibleAsync();
        await Screenshots.TakeAsync(page, "bookings-held");

        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Monday, June 3, 2030, 09:00, is yours.");
        await Expect(page.Locator("#left")).ToBeHiddenAsync();
        await Screenshots.TakeAsync(page, "bookings-confirmed");
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Monday, June 3, 2030, 09:00, is yours.");

        await page.GetByRole(AriaRole.Button, new() { Name = "Give it back" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Given back. Choose another time.");
        await Time(page, "09:00").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("is held for you.");
    }

    [Fact]
    public async Task Whoever_chooses_another_time_gives_the_first_one_back()
    {
        await using var server = await PostroomServer.StartExampleAsync("bookings");
        await using var first = await chromium.NewContextAsync();
        var page = await OpenAsync(first, server);
        await Time(page, "09:00").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("09:00, is held for you.");
        await Time(page, "09:45").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("09:45, is held for you.");
        await Expect(Time(page, "13:00")).ToBeEnabledAsync();

        await using var second = await chromium.NewContextAsync();
        var other = await OpenAsync(second, server);
        await Time(other, "09:00").ClickAsync();

        await Expect(other.GetByRole(AriaRole.Status)).ToContainTextAsync("09:00, is held for you.");
    }

    [Fact]
    public async Task An_answer_that_is_lost_books_once()
    {
        await using var server = await PostroomServer.StartExampleAsync("bookings");
        await using var context = await chromium.NewContextAsync();
        var page = await OpenAsync(context, server);
        var requests = 0;
        await page.RouteAsync("**/api/appointments", async route =>
        {
            if (requests++ == 0)
            {
                await route.FetchAsync();
                await route.AbortAsync();
            }
            else
            {
                await route.ContinueAsync();
            }
        });

        await Time(page, "14:30").ClickAsync();

        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("14:30, is held for you.");
        Assert.Equal(2, requests);
    }

    private static async Task<IPage> OpenAsync(IBrowserContext context, PostroomServer server)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(server.Url);
        await page.GetByLabel("Day").FillAsync(Day);
        return page;
    }

    private static ILocator Time(IPage page, string time) =>
        page.GetByRole(AriaRole.Button, new() { Name = time, Exact = true });
}
