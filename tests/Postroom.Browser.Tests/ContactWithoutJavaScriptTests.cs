using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Postroom.Browser.Tests;

/// <summary>The same page in a browser that runs no script.</summary>
public sealed class ContactWithoutJavaScriptTests(Chromium chromium)
{
    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data")]
    public async Task The_form_posts_natively_and_goes_on_to_the_thanks(string encoding)
    {
        await using var server = await PostroomServer.StartChangedExampleAsync(example =>
            example.Encode(encoding));
        await using var context = await chromium.NewContextWithoutJavaScriptAsync();
        var page = await ContactPage.OpenAsync(context, server);
        await page.FillAsync();

        var answer = await page.Page.RunAndWaitForResponseAsync(
            () => page.Send.ClickAsync(), response => response.Request.Method == "POST");

        Assert.Equal(303, answer.Status);
        await page.Page.WaitForURLAsync("**/thanks.html");
        await Expect(page.Page.GetByRole(AriaRole.Heading)).ToContainTextAsync("Thank you");
        Assert.StartsWith(encoding, await answer.Request.HeaderValueAsync("content-type"), StringComparison.Ordinal);
        Assert.Equal(1, await Inbox.CountAsync(context, server));
    }

    [Fact]
    public async Task Reloading_the_thanks_sends_nothing_again()
    {
        await using var server = await PostroomServer.StartExampleAsync();
        await using var context = await chromium.NewContextWithoutJavaScriptAsync();
        var page = await ContactPage.OpenAsync(context, server);
        await page.FillAsync();
        await page.Send.ClickAsync();
        await page.Page.WaitForURLAsync("**/thanks.html");
        await Screenshots.TakeAsync(page.Page, "thanks");

        await page.Page.ReloadAsync();
        await page.Page.ReloadAsync();

        Assert.Equal(1, page.Posts);
        Assert.Equal(1, await Inbox.CountAsync(context, server));
    }

    [Fact]
    public async Task Without_a_redirect_there_is_a_receipt_that_can_be_reloaded()
    {
        await using var server = await PostroomServer.StartChangedExampleAsync(
            example => example.Change("    redirect: /thanks.html\n", ""));
        await using var context = await chromium.NewContextWithoutJavaScriptAsync();
        var page = await ContactPage.OpenAsync(context, server);
        await page.FillAsync();
        await page.Send.ClickAsync();
        await page.Page.WaitForURLAsync("**/_postroom/receipts/*");
        await Expect(page.Page.Locator("main")).ToContainTextAsync(ContactPage.Thanks);
        await Screenshots.TakeAsync(page.Page, "receipt");

        await page.Page.ReloadAsync();

        await Expect(page.Page.Locator("main")).ToContainTextAsync(ContactPage.Thanks);
        Assert.Equal(1, page.Posts);
        Assert.Equal(1, await Inbox.CountAsync(context, server));
    }

    [Fact]
    public async Task Faulty_input_shows_the_form_again_with_the_text_and_the_errors()
    {
        await using var server = await StartForQuickHandsAsync();
        await using var context = await chromium.NewContextWithoutJavaScriptAsync();
        var page = await ContactPage.OpenAsync(context, server);
        await page.FillAsync(name: "", email: "ada@@example", message: "Kept <b>as typed</b> & \"quoted\"");

        var answer = await page.Page.RunAndWaitForResponseAsync(
            () => page.Send.ClickAsync(), response => response.Request.Method == "POST");

        Assert.Equal(400, answer.Status);
        var generated = page.Page.Locator("form");
        await Expect(Field(generated, "email")).ToHaveValueAsync("ada@@example");
        await Expect(Field(generated, "message")).ToHaveValueAsync("Kept <b>as typed</b> & \"quoted\"");
        await Expect(Field(generated, "name")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(Field(generated, "email")).ToHaveAttributeAsync("aria-invalid", "true");
        await Screenshots.TakeAsync(page.Page, "generated-form-faulty");

        await Field(generated, "name").FillAsync("Ada");
        await Field(generated, "email").FillAsync("ada@example.com");
        await page.Page.Locator("form [type=submit]").ClickAsync();
        await page.Page.WaitForURLAsync("**/thanks.html");
        Assert.Equal(1, await Inbox.CountAsync(context, server));
    }

    [Fact]
    public async Task Missing_fields_are_told_in_the_declared_words()
    {
        await using var server = await PostroomServer.StartExampleAsync();
        await using var context = await chromium.NewContextWithoutJavaScriptAsync();
        var page = await ContactPage.OpenAsync(context, server);

        await page.Send.ClickAsync();

        await Expect(page.Page.Locator("main")).ToContainTextAsync("Name and email are required.");
    }

    [Fact]
    public async Task A_double_click_is_one_entry()
    {
        await using var server = await PostroomServer.StartExampleAsync();
        await using var context = await chromium.NewContextWithoutJavaScriptAsync();
        var page = await ContactPage.OpenAsync(context, server);
        await page.FillAsync();

        await page.Send.DblClickAsync();

        await page.Page.WaitForURLAsync("**/thanks.html");
        Assert.Equal(1, await Inbox.CountAsync(context, server));
    }

    [Fact]
    public async Task The_back_button_sends_nothing_and_an_impatient_second_send_is_still_one_entry()
    {
        await using var server = await PostroomServer.StartChangedExampleAsync(
            example => example.AddAtEnd("    idempotency: {sameContent: 1h}"));
        await using var context = await chromium.NewContextWithoutJavaScriptAsync();
        var page = await ContactPage.OpenAsync(context, server);
        await page.FillAsync();
        await page.Send.ClickAsync();
        await page.Page.WaitForURLAsync("**/thanks.html");

        await page.Page.GoBackAsync();
        await Expect(page.Message).ToHaveValueAsync("Hello");
        Assert.Equal(1, page.Posts);
        await page.Send.ClickAsync();

        await page.Page.WaitForURLAsync("**/thanks.html");
        Assert.Equal(2, page.Posts);
        Assert.Equal(1, await Inbox.CountAsync(context, server));
    }

    [Fact]
    public async Task The_generated_form_is_shown_at_the_endpoint_and_its_token_makes_a_repeat_harmless()
    {
        await using var server = await StartForQuickHandsAsync();
        await using var context = await chromium.NewContextWithoutJavaScriptAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(server.Url + "/api/contact");
        await Screenshots.TakeAsync(page, "generated-form");
        var form = page.Locator("form");
        await Field(form, "name").FillAsync("Ada");
        await Field(form, "email").FillAsync("ada@example.com");

        await form.Locator("[type=submit]").DblClickAsync();

        await page.WaitForURLAsync("**/thanks.html");
        Assert.Equal(1, await Inbox.CountAsync(context, server));
    }

    /// <summary>A test fills a form faster than a person, who would be held for a program.</summary>
    private static Task<PostroomServer> StartForQuickHandsAsync() =>
        PostroomServer.StartChangedExampleAsync(
            example => example.AddAtEnd("    spam: {minimumFillTime: off}"));

    private static ILocator Field(ILocator form, string name) => form.Locator($"[name={name}]");
}
