using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Postroom.Browser.Tests;

/// <summary>
/// Cross-site request forgery from a real second origin: a page that is not declared posts in every way that needs no
/// consent, from another site and from another port of the same one. It is refused, and nothing is stored.
/// </summary>
public sealed class ForgeryTests(Chromium chromium, ProductionServer production) : IClassFixture<ProductionServer>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>A page that posts by itself is left before it has been loaded.</summary>
    private static readonly PageGotoOptions Committed = new() { WaitUntil = WaitUntilState.Commit };

    public static TheoryData<string> Ways { get; } = [.. ForgedPost.Pages.Keys];

    [Theory, MemberData(nameof(Ways))]
    public async Task An_undeclared_page_posts_in_vain(string way)
    {
        await using var elsewhere = await PageServer.StartAsync();
        elsewhere.Target = production.Server.Url + "/api/contact";
        foreach (var origin in (string[])[elsewhere.Url, elsewhere.OtherSite])
        {
            elsewhere.Html = ForgedPost.Page(way, production.Server.Url, origin + "/redirect");
            await RefusedAsync(origin);
        }
    }

    /// <summary>A session of the owner does not help: its cookie stays at home, and the origin is judged first.</summary>
    [Theory]
    [InlineData("fetch no-cors with credentials")]
    [InlineData("urlencoded form")]
    public async Task A_session_of_the_owner_lends_nothing(string way)
    {
        await using var server = await ProductionServer.StartAsync("url: https://post.example.com");
        await using var elsewhere = await PageServer.StartAsync(ForgedPost.Page(way, server.Url, ""));
        await using var context = await chromium.NewContextAsync();
        await Inbox.OpenAsync(context, server);
        var page = await context.NewPageAsync();
        await page.GotoAsync(elsewhere.Url, Committed);
        await server.Log.LineWithAsync(ProductionServer.Refused);
        Assert.Equal(0, server.Log.Count(ProductionServer.Stored));
    }

    /// <summary>A declared page that posts to an undeclared one, which leads the POST on, speaks for nobody.</summary>
    [Fact]
    public async Task What_another_origin_led_on_has_no_origin()
    {
        await using var between = await PageServer.StartAsync();
        between.Target = production.Server.Url + "/api/contact";
        production.Listed.Html = ForgedPost.Page("form that is led on", production.Server.Url, between.Redirect);
        await RefusedAsync(production.Listed.Url);
    }

    /// <summary>A declared page whose policy hides it cannot be told from others; the refusal says so.</summary>
    [Fact]
    public async Task A_declared_page_that_hides_itself_is_told_why_it_may_not_post()
    {
        production.Listed.Html = ForgedPost.Page("form that hides its page", production.Server.Url, "");
        await using var context = await chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        var before = production.Server.Log.Count(ProductionServer.Refused);
        await page.GotoAsync(production.Listed.Url, Committed);
        await production.Server.Log.LinesWithAsync(ProductionServer.Refused, before + 1);
        await Expect(page.Locator("main")).ToContainTextAsync("Referrer-Policy");
    }

    /// <summary>A page of the server's own host may hide itself: Fetch Metadata says whose it is.</summary>
    [Fact]
    public async Task A_page_of_our_own_that_hides_itself_may_post()
    {
        await using var server = await PostroomServer.StartChangedExampleAsync(example =>
        {
            example.AddAtTop("url: https://post.example.com");
            example.AddPage("hidden.html", ForgedPost.Page("form that hides its page", "", ""));
        });
        await using var context = await chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(server.Url + "/hidden.html", Committed);
        await server.Log.LineWithAsync(" stored ");
    }

    /// <summary>
    /// Over plain http to a name that is not of this machine browsers send no Fetch Metadata (Secure Contexts §3.1), and
    /// Origin alone decides: a sub-domain beside ours is another origin, and its twin with another scheme, too.
    /// </summary>
    [Theory]
    [InlineData("http://shop.post.test", true, false)]
    [InlineData("http://www.post.test", true, false)]
    [InlineData("http://post.test.post.test", true, false)]
    [InlineData("http://listed.post.test", true, true)]
    [InlineData("http://listed.post.test", false, false)]
    public async Task A_subdomain_is_another_origin(string host, bool isHttp, bool passes)
    {
        await using var elsewhere = await PageServer.StartAsync();
        var port = new Uri(elsewhere.Url).Port;
        await using var server = await ProductionServer.StartAsync(
            "url: http://www.post.test", $"origins: [{(isHttp ? "http" : "https")}://listed.post.test:{port}]");
        elsewhere.Html = ForgedPost.Page(
            "urlencoded form", server.Url.Replace("127.0.0.1", "www.post.test", StringComparison.Ordinal), "");
        await using var context = await chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{host}:{port}", Committed);
        await server.Log.LineWithAsync(passes ? " stored " : ProductionServer.Refused);
        Assert.Equal(passes ? 0 : 1, server.Log.Count(ProductionServer.Refused));
    }

    /// <summary>What needs no consent and no body: GET has no effect, in whatever way a page asks for it.</summary>
    [Theory]
    [InlineData("<form action='HERE'><input name=name value=Ada></form><script>document.forms[0].submit()</script>")]
    [InlineData("<img src='HERE?name=Ada&email=ada@example.com'>")]
    [InlineData("<script src='HERE?name=Ada&email=ada@example.com'></script>")]
    [InlineData("<link rel=stylesheet href='HERE?name=Ada&email=ada@example.com'>")]
    [InlineData("<meta http-equiv=refresh content='0; url=HERE?name=Ada&email=ada@example.com'>")]
    public async Task A_GET_stores_nothing(string html)
    {
        var server = production.Server;
        var stored = server.Log.Count("stored");
        await using var elsewhere = await PageServer.StartAsync(
            "<!doctype html>" + html.Replace("HERE", server.Url + "/api/contact", StringComparison.Ordinal));
        await using var context = await chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        page.RequestFinished += (_, request) => See(request);
        page.RequestFailed += (_, request) => See(request);
        await page.GotoAsync(elsewhere.Url, Committed);
        await answered.Task.WaitAsync(Patience);
        Assert.Equal(stored, server.Log.Count("stored"));

        // A page or a picture that the browser will not show ends as failed, with its answer all the same.
        void See(IRequest request)
        {
            if (request.Url.Contains("/api/contact", StringComparison.Ordinal))
            {
                answered.TrySetResult();
            }
        }
    }

    /// <summary>Signing out and deleting are POSTs of the inbox: no other page may bring them about.</summary>
    [Fact]
    public async Task Nobody_else_signs_the_owner_out()
    {
        await using var server = await PostroomServer.StartExampleAsync();
        await using var elsewhere = await PageServer.StartAsync(
            $"<form method=post action='{server.Url}/_postroom/sign-out'></form><script>document.forms[0].submit()</script>");
        await using var context = await chromium.NewContextAsync();
        var inbox = await Inbox.OpenAsync(context, server);
        var page = await context.NewPageAsync();
        var answer = await page.RunAndWaitForResponseAsync(
            () => page.GotoAsync(elsewhere.OtherSite, Committed), response => response.Request.Method == "POST");
        Assert.Equal(403, answer.Status);
        await inbox.ReloadAsync();
        await Expect(inbox.GetByRole(AriaRole.Heading, new() { Name = "Inbox", Exact = true })).ToBeVisibleAsync();
    }

    private async Task RefusedAsync(string origin)
    {
        var log = production.Server.Log;
        var refused = log.Count(ProductionServer.Refused);
        var stored = log.Count("stored");
        await using var context = await chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(origin, Committed);
        await log.LinesWithAsync(ProductionServer.Refused, refused + 1);
        Assert.Equal(stored, log.Count("stored"));
    }
}
