using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Postroom.Browser.Tests;

/// <summary>examples/catalogue: a page over a resource, by nothing but fetch.</summary>
public sealed class CatalogueTests(Chromium chromium)
{
    [Fact]
    public async Task A_product_is_added_changed_and_removed()
    {
        await using var server = await PostroomServer.StartExampleAsync("catalogue");
        await using var context = await chromium.NewContextAsync();
        var page = await OpenAsync(context, server);
        await Expect(page.GetByText("There are none yet.")).ToBeVisibleAsync();

        await AddAsync(page, "LAMP-1", "Lamp", "49.90", "2");
        await Expect(Status(page)).ToHaveTextAsync("Lamp is in the catalogue.");
        await AddAsync(page, "CHAIR", "Chair", "120", "");
        await Expect(page.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        await Expect(page.GetByText("There are none yet.")).ToBeHiddenAsync();
        await Screenshots.TakeAsync(page, "catalogue");

        await page.GetByLabel("One more: Lamp").ClickAsync();
        await Expect(Status(page)).ToHaveTextAsync("Lamp: 3 in stock.");
        await page.GetByLabel("Remove: Chair").ClickAsync();
        await Expect(Status(page)).ToHaveTextAsync("Chair is gone.");
        await Expect(page.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Listitem)).ToContainTextAsync("Lamp");
        await Expect(page.Locator("output")).ToHaveTextAsync("3");
    }

    [Fact]
    public async Task What_is_refused_is_said_at_its_field()
    {
        await using var server = await PostroomServer.StartExampleAsync("catalogue");
        await using var context = await chromium.NewContextAsync();
        var page = await OpenAsync(context, server);
        await AddAsync(page, "lamp", "", "cheap", "-1");
        await Expect(page.Locator("#code-fault")).Not.ToBeEmptyAsync();
        await Expect(page.Locator("#price-fault")).Not.ToBeEmptyAsync();
        await Expect(page.Locator("#stock-fault")).Not.ToBeEmptyAsync();
        await Expect(page.Locator("#code")).ToBeFocusedAsync();
        await Screenshots.TakeAsync(page, "catalogue-faulty");

        await AddAsync(page, "LAMP", "Lamp", "1", "0");
        await Expect(Status(page)).ToHaveTextAsync("Lamp is in the catalogue.");
        await Expect(page.Locator("#code-fault")).ToBeEmptyAsync();
        await AddAsync(page, "LAMP", "Another", "2", "0");
        await Expect(Status(page)).ToHaveTextAsync("Another record has the same code. Nothing was stored.");
        await Expect(page.Locator("#code-fault")).ToHaveTextAsync("This is taken by another record.");

        await page.GetByLabel("One less: Lamp").ClickAsync();
        await Expect(Status(page)).ToContainTextAsync("Stock");
        await Expect(page.Locator("output")).ToHaveTextAsync("0");
    }

    [Fact]
    public async Task The_later_of_two_windows_overwrites_nothing()
    {
        await using var server = await PostroomServer.StartExampleAsync("catalogue");
        await using var context = await chromium.NewContextAsync();
        var first = await OpenAsync(context, server);
        await AddAsync(first, "LAMP", "Lamp", "1", "5");
        await Expect(first.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
        var second = await OpenAsync(context, server);
        await Expect(second.Locator("output")).ToHaveTextAsync("5");

        await first.GetByLabel("One less: Lamp").ClickAsync();
        await Expect(first.Locator("output")).ToHaveTextAsync("4");
        await second.GetByLabel("One less: Lamp").ClickAsync();
        await Expect(Status(second)).ToHaveTextAsync("Lamp was changed by somebody else. This is how it is now.");
        await Expect(second.Locator("output")).ToHaveTextAsync("4");
        await second.GetByLabel("One less: Lamp").ClickAsync();
        await Expect(second.Locator("output")).ToHaveTextAsync("3");
    }

    [Fact]
    public async Task A_lost_answer_makes_no_second_product()
    {
        await using var server = await PostroomServer.StartExampleAsync("catalogue");
        await using var context = await chromium.NewContextAsync();
        var page = await OpenAsync(context, server);
        var lost = false;
        await page.RouteAsync("**/api/products", async route =>
        {
            if (route.Request.Method != "POST" || lost)
            {
                await route.ContinueAsync();
                return;
            }

            lost = true;
            await route.FetchAsync();
            await route.AbortAsync();
        });
        await AddAsync(page, "LAMP", "Lamp", "1", "5");
        await Expect(Status(page)).ToHaveTextAsync("The server cannot be reached. Try again.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Expect(Status(page)).ToHaveTextAsync("Lamp is in the catalogue.");
        await Expect(page.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
    }

    private static async Task<IPage> OpenAsync(IBrowserContext context, PostroomServer server)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(server.Url + "/");
        return page;
    }

    private static ILocator Status(IPage page) => page.Locator("#status");

    private static async Task AddAsync(IPage page, string code, string name, string price, string stock)
    {
        await page.FillAsync("#code", code);
        await page.FillAsync("#name", name);
        await page.FillAsync("#price", price);
        await page.FillAsync("#stock", stock);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
    }
}
