using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Postroom.Browser.Tests;

/// <summary>The reference of the endpoints, as somebody reads and tries it.</summary>
public sealed class ReferenceTests(Chromium chromium)
{
    [Fact]
    public async Task What_is_written_on_the_page_is_sent_and_its_answer_shown()
    {
        await using var server = await PostroomServer.StartExampleAsync();
        await using var context = await chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                complaints.Add(message.Text);
            }
        };
        await page.GotoAsync(server.Url + "/_postroom/docs");
        await Screenshots.TakeAsync(page, "reference");

        await page.GetByRole(AriaRole.Link, new() { Name = "/api/contact" }).First.ClickAsync();
        await Screenshots.TakeAsync(page, "reference-operation");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        var answer = page.Locator("#answer");
        await Expect(answer).ToContainTextAsync("201 Created");
        await Expect(answer).ToContainTextAsync("Thank you for contacting us, Ada!");
        await Screenshots.TakeAsync(page, "reference-answer");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(answer).ToContainTextAsync("idempotency-status: replayed");
        Assert.Empty(complaints);

        await page.GetByLabel("Body").FillAsync("{");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(answer).ToContainTextAsync("malformed-json");
    }

    [Fact]
    public async Task Without_scripts_there_is_a_line_for_a_shell()
    {
        await using var server = await PostroomServer.StartExampleAsync();
        await using var context = await chromium.NewContextAsync(new() { JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        await page.GotoAsync(server.Url + "/_postroom/docs/postApiContact");
        await Expect(page.GetByText("curl '")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Send" })).ToBeHiddenAsync();
    }
}
