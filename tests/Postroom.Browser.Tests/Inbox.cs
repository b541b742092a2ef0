using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Postroom.Browser.Tests;

/// <summary>What the owner of the server sees.</summary>
internal static class Inbox
{
    /// <summary>How many messages are stored; what is held or was refused does not count.</summary>
    public static async Task<int> CountAsync(IBrowserContext context, PostroomServer server)
    {
        var page = await OpenAsync(context, server);
        await page.GotoAsync(server.Url + "/_postroom/?state=stored");
        var count = await Rows(page).CountAsync();
        await page.CloseAsync();
        return count;
    }

    /// <summary>The links of the listed entries.</summary>
    public static ILocator Rows(IPage inbox) => inbox.Locator("main a.row-link");

    /// <summary>Signs in by the link that the server wrote at its start; it works once.</summary>
    public static async Task<IPage> OpenAsync(IBrowserContext context, PostroomServer server)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(server.SignInLink);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Inbox", Exact = true })).ToBeVisibleAsync();
        return page;
    }
}
