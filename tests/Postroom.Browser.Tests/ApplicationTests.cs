using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Postroom.Browser.Tests;

/// <summary>The example with a file, as a visitor uses it.</summary>
public sealed class ApplicationTests(Chromium chromium)
{
    [Fact]
    public async Task What_is_missing_is_said_beside_its_field_and_the_whole_is_stored_then()
    {
        await using var context = await chromium.NewContextAsync();
        await using var server = await ApplicationServer.StartAsync();
        var page = await OpenAsync(context, server);
        await Screenshots.TakeAsync(page, "application");
        await page.GetByLabel("Name").FillAsync("Ada");
        await Send(page).ClickAsync();
        await Expect(page.Locator("#email-fault")).ToHaveTextAsync("Email is required.");
        await Expect(page.Locator("#position-fault")).ToHaveTextAsync("Position is required.");
        await Expect(page.Locator("#cv-fault")).ToHaveTextAsync("CV is required.");
        await Expect(page.GetByLabel("Email")).ToBeFocusedAsync();
        await Screenshots.TakeAsync(page, "application-refused");

        await FillAsync(page, "%PDF-1.4 a CV");
        await Send(page).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Thank you, Ada.");
        await Screenshots.TakeAsync(page, "application-stored");
        await server.AppliedAsync();
        Assert.Equal("%PDF-1.4 a CV", await File.ReadAllTextAsync(
            Assert.Single(server.Desk), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_that_is_no_PDF_is_said_beside_its_field()
    {
        await using var context = await chromium.NewContextAsync();
        await using var server = await ApplicationServer.StartAsync();
        var page = await OpenAsync(context, server);
        await FillAsync(page, "no PDF");
        await Send(page).ClickAsync();
        await Expect(page.Locator("#cv-fault")).Not.ToBeEmptyAsync();
        await Expect(page.GetByLabel("Name")).ToHaveValueAsync("Ada");
    }

    [Fact]
    public async Task Without_JavaScript_it_goes_on_to_the_thanks()
    {
        await using var context = await chromium.NewContextWithoutJavaScriptAsync();
        await using var server = await ApplicationServer.StartAsync();
        var page = await OpenAsync(context, server);
        await FillAsync(page, "%PDF-1.4 a CV");
        await Send(page).ClickAsync();
        await page.WaitForURLAsync("**/thanks.html");
        await Screenshots.TakeAsync(page, "application-thanks");
        await page.ReloadAsync();
        await server.AppliedAsync();
        Assert.Single(server.Desk);
    }

    private static ILocator Send(IPage page) => page.Locator("button[type=submit]");

    private static async Task<IPage> OpenAsync(IBrowserContext context, ApplicationServer server)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(server.Url);
        return page;
    }

    private static async Task FillAsync(IPage page, string cv)
    {
        await page.GetByLabel("Name").FillAsync("Ada");
        await page.GetByLabel("Email").FillAsync("ada@example.com");
        await page.GetByLabel("Position").SelectOptionAsync("gardener");
        await page.GetByLabel("CV").SetInputFilesAsync(
            new FilePayload { Name = "cv.pdf", MimeType = "application/pdf", Buffer = Encoding.UTF8.GetBytes(cv) });
    }
}
