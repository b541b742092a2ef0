using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Postroom.Browser.Tests;

/// <summary>The example's page as a visitor sees it, found by what a person would name.</summary>
internal sealed class ContactPage
{
    public const string Thanks = "Thank you for contacting us, Ada!";

    private int _posts;

    private ContactPage(IPage page)
    {
        Page = page;
        page.Request += (_, request) => _posts += request.Method == "POST" ? 1 : 0;
        page.PageError += (_, error) => ScriptErrors.Add(error);
    }

    public IPage Page { get; }

    /// <summary>POSTs that the browser has begun since the page was opened.</summary>
    public int Posts => _posts;

    /// <summary>What the page's scripts threw and did not catch.</summary>
    public List<string> ScriptErrors { get; } = [];

    public ILocator Name => Page.GetByLabel("Name", new() { Exact = true });

    public ILocator Email => Page.GetByLabel("Email", new() { Exact = true });

    public ILocator Message => Page.GetByLabel("Message");

    public ILocator Send => Page.Locator("button[type=submit]");

    public ILocator SendAgain => Page.GetByRole(AriaRole.Button, new() { Name = "Send again with the same key" });

    public ILocator WriteAnother => Page.GetByRole(AriaRole.Button, new() { Name = "Write another message" });

    public ILocator Status => Page.GetByRole(AriaRole.Status);

    public ILocator Panel => Page.GetByRole(AriaRole.Complementary, new() { Name = "What just happened" });

    public ILocator Count => Page.Locator("[data-show=count]");

    public ILocator Entry => Panel.Locator(".receipt code");

    public static async Task<ContactPage> OpenAsync(IBrowserContext context, PostroomServer server)
    {
        var page = new ContactPage(await context.NewPageAsync());
        await page.Page.GotoAsync(server.Url + "/");
        return page;
    }

    public async Task FillAsync(string name = "Ada", string email = "ada@example.com", string message = "Hello")
    {
        await Name.FillAsync(name);
        await Email.FillAsync(email);
        await Message.FillAsync(message);
    }

    public async Task ExpectThanksAsync() => await Expect(Status).ToContainTextAsync(Thanks);

    /// <summary>The sentence beside a field, which must also be what the field is described by.</summary>
    public async Task<string> FaultOfAsync(ILocator field)
    {
        await Expect(field).ToHaveAttributeAsync("aria-invalid", "true");
        var described = await field.GetAttributeAsync("aria-describedby") ?? "";
        return await Page.Locator('#' + described.Split(' ')[^1]).InnerTextAsync();
    }
}
