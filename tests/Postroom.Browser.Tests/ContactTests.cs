using System.Diagnostics;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Postroom.Browser.Tests;

/// <summary>The example with JavaScript: thanks, faults field by field, the key, the panel beside the form.</summary>
public sealed class ContactTests(Chromium chromium)
{
    [Fact]
    public async Task Thanks_are_the_servers_words_and_the_panel_shows_the_entry()
    {
        await using var server = await PostroomServer.StartExampleAsync();
        await using var context = await chromium.NewContextAsync();
        var page = await ContactPage.OpenAsync(context, server);
        await page.FillAsync();

        var response = await page.Page.RunAndWaitForResponseAsync(
            () => page.Send.ClickAsync(), answer => answer.Request.Method == "POST");

        var body = (await response.JsonAsync())!.Value;
        Assert.Equal(201, response.Status);
        Assert.Equal(ContactPage.Thanks, body.GetProperty("message").GetString());
        Assert.Equal(body.GetProperty("id").GetString(), await response.HeaderValueAsync("Postroom-Entry"));
        Assert.Equal("created", await response.HeaderValueAsync("Idempotency-Status"));
        await page.ExpectThanksAsync();
        await Expect(page.Entry).ToHaveTextAsync(body.GetProperty("id").GetString()!);
        await Expect(page.Count).ToHaveTextAsync("1 request, 1 entry stored");
        Assert.Empty(page.ScriptErrors);
        await Screenshots.TakeAsync(page.Page, "contact-stored");
    }

    [Fact]
    public async Task An_empty_form_names_both_fields_and_goes_to_the_first()
    {
        await using var server = await PostroomServer.StartExampleAsync();
        await using var context = await chromium.NewContextAsync();
        var page = await ContactPage.OpenAsync(context, server);
        await Screenshots.TakeAsync(page.Page, "contact-fresh");
        await page.Message.FillAsync("Without a name");

        var response = await page.Page.RunAndWaitForResponseAsync(
            () => page.Send.ClickAsync(), answer => answer.Request.Method == "POST");

        Assert.Equal(400, response.Status);
        Assert.Equal("Name and email are required.", await MessageOfAsync(response));
        await Expect(page.Status).ToContainTextAsync("Name and email are required.");
        Assert.StartsWith("Name ", await page.FaultOfAsync(page.Name), StringComparison.Ordinal);
        Assert.StartsWith("Email ", await page.FaultOfAsync(page.Email), StringComparison.Ordinal);
        await Expect(page.Name).ToBeFocusedAsync();
        await Expect(page.Message).ToHaveValueAsync("Without a name");
        await Expect(page.Message).Not.ToHaveAttributeAsync("aria-invalid", "true");
        await Screenshots.TakeAsync(page.Page, "contact-faulty");
    }

    [Theory]
    [InlineData("", "ada@example.com", "Name")]
    [InlineData("Ada", "", "Email")]
    public async Task One_missing_field_has_the_same_message_and_only_that_field_is_faulty(
        string name, string email, string faulty)
    {
        await using var server = await PostroomServer.StartExampleAsync();
        await using var context = await chromium.NewContextAsync();
        var page = await ContactPage.OpenAsync(context, server);
        await page.FillAsync(name, email);

        await page.Send.ClickAsync();

        await Expect(page.Status).ToContainTextAsync("Name and email are required.");
        await Expect(page.Page.Locator("[aria-invalid=true]")).ToHaveCountAsync(1);
        await Expect(page.Page.GetByLabel(faulty, new() { Exact = true })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_malformed_address_is_told_at_its_field_and_the_correction_is_taken()
    {
        await using var server = await PostroomServer.StartExampleAsync();
        await using var context = await chromium.NewContextAsync();
        var page = await ContactPage.OpenAsync(context, server);
        await page.FillAsync(email: "ada@@example");

        var response = await page.Page.RunAndWaitForResponseAsync(
            () => page.Send.ClickAsync(), answer => answer.Request.Method == "POST");

        Assert.Equal(400, response.Status);
        Assert.Contains("mail", await MessageOfAsync(response), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("mail", await page.FaultOfAsync(page.Email), StringComparison.OrdinalIgnoreCase);
        await Expect(page.Email).ToBeFocusedAsync();
        await Expect(page.Email).ToHaveValueAsync("ada@@example");

        await page.Email.FillAsync("ada@example.com");
        await Expect(page.Page.Locator("[aria-invalid=true]")).ToHaveCountAsync(0);
        await page.Send.ClickAsync();
        await page.ExpectThanksAsync();
    }

    [Fact]
    public async Task Each_field_says_which_limit_it_breaks()
    {
        await using var server = await PostroomServer.StartExampleAsync();
        await using var context = await chromium.NewContextAsync();
        var page = await ContactPage.OpenAsync(context, server);
        await page.FillAsync(name: new string('a', 201), message: new string('m', 5001));

        await page.Send.ClickAsync();

        Assert.Contains("200", await page.FaultOfAsync(page.Name), StringComparison.Ordinal);
        Assert.Contains("5000", await page.FaultOfAsync(page.Message), StringComparison.Ordinal);
        await Expect(page.Name).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Sending_again_with_the_same_key_replays_the_first_answer()
    {
        await using var server = await PostroomServer.StartExampleAsync();
        await using var context = await chromium.NewContextAsync();
        var page = await ContactPage.OpenAsync(context, server);
        await page.FillAsync();
        await page.Send.ClickAsync();
        await page.ExpectThanksAsync();
        var entry = await page.Entry.InnerTextAsync();

        await page.SendAgain.ClickAsync();

        await Expect(page.Panel).ToContainTextAsync("replayed");
        await Expect(page.Count).ToHaveTextAsync("2 requests, 1 entry stored");
        await Expect(page.Entry).ToHaveTextAsync(entry);
    }

    [Fact]
    public async Task The_curl_line_of_the_panel_is_the_same_request()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/curl"), "no curl on this machine");
        await using var server = await PostroomServer.StartExampleAsync();
        await using var context = await chromium.NewContextAsync();
        var page = await ContactPage.OpenAsync(context, server);
        await page.FillAsync(message: "It's \"quoted\" $HOME `date` \\ and\nin two lines");
        await page.Send.ClickAsync();
        await page.ExpectThanksAsync();

        var answer = await ShellAsync(await page.Panel.Locator("pre code").InnerTextAsync());

        Assert.Contains("201 Created", answer, StringComparison.Ordinal);
        Assert.Contains("Idempotency-Status: replayed", answer, StringComparison.Ordinal);
        Assert.Contains(await page.Entry.InnerTextAsync(), answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_message_with_the_same_words_is_another_entry()
    {
        await using var server = await PostroomServer.StartExampleAsync();
        await using var context = await chromium.NewContextAsync();
        var page = await ContactPage.OpenAsync(context, server);
        await page.FillAsync();
        await page.Send.ClickAsync();
        await page.ExpectThanksAsync();

        await page.WriteAnother.ClickAsync();

        await Expect(page.Name).ToBeFocusedAsync();
        await Expect(page.Name).ToHaveValueAsync("");
        await page.FillAsync();
        await page.Send.ClickAsync();
        await page.ExpectThanksAsync();
        await Expect(page.Count).ToHaveTextAsync("2 requests, 2 entries stored");
    }

    [Fact]
    public async Task The_keyboard_alone_is_enough()
    {
        await using var server = await PostroomServer.StartExampleAsync();
        await using var context = await chromium.NewContextAsync();
        var page = await ContactPage.OpenAsync(context, server);
        await page.Page.Keyboard.PressAsync("Tab");
        await Expect(page.Page.GetByText("Skip to the form")).ToBeFocusedAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.Keyboard.TypeAsync("Ada");
        await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.Keyboard.TypeAsync("ada@example.com");
        await page.Page.Keyboard.PressAsync("Enter");

        await page.ExpectThanksAsync();
    }

    [Fact]
    public async Task What_was_typed_is_text_wherever_it_is_shown()
    {
        await using var server = await PostroomServer.StartExampleAsync();
        await using var context = await chromium.NewContextAsync();
        var page = await ContactPage.OpenAsync(context, server);
        await page.FillAsync(name: "<img src=x onerror=alert(1)>", message: "{{name}} </script>");
        await page.Send.ClickAsync();

        await Expect(page.Status).ToContainTextAsync("Thank you for contacting us, <img src=x onerror=alert(1)>!");
        await Expect(page.Page.Locator("img")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_page_asks_nothing_of_other_hosts()
    {
        await using var server = await PostroomServer.StartExampleAsync();
        await using var context = await chromium.NewContextAsync();
        var strangers = new List<string>();
        context.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(server.Url + "/", StringComparison.Ordinal))
            {
                strangers.Add(request.Url);
            }
        };
        var page = await ContactPage.OpenAsync(context, server);
        await page.FillAsync();
        await page.Send.ClickAsync();
        await page.ExpectThanksAsync();

        Assert.Empty(strangers);
    }

    private static async Task<string> ShellAsync(string command)
    {
        var start = new ProcessStartInfo("/bin/sh")
        {
            ArgumentList = { "-c", command + " 2>/dev/null" },
            RedirectStandardOutput = true,
        };
        using var shell = Process.Start(start)!;
        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return output;
    }

    private static async Task<string> MessageOfAsync(IResponse response) =>
        (await response.JsonAsync())!.Value.GetProperty("message").GetString()!;
}
