using System.Net;
using Postroom.Storage;
using Postroom.Tests.Answers;

namespace Postroom.Tests.Inbox;

public sealed class InboxTests
{
    [Fact]
    public async Task Entries_are_listed_newest_first_with_their_state()
    {
        await using var host = await ConsoleHost.StartAsync();
        await host.AddAsync("""{"name":"Ada","message":"Hello"}""");
        await host.AddAsync(
            """{"name":"Grace"}""", entry => entry with { State = EntryState.Held, Reason = "honeypot" });
        var page = await (await host.SignInAsync()).PageAsync("/_postroom/");
        Assert.Equal(["Grace", "Ada Hello"], Rows(page));
        var states = page.Elements.Where(element => element["class"] == "state");
        Assert.Equal(["Held", "Stored"], states.Select(state => state.Text));
        Assert.Equal(["2 All", "1 Stored", "1 Held", "0 Refused"], Counts(page));
    }

    [Fact]
    public async Task Counts_are_those_of_the_endpoint_that_is_looked_at()
    {
        await using var host = await ConsoleHost.StartAsync();
        await host.AddAsync("{}");
        await host.AddAsync("{}", entry => entry with { Endpoint = "/api/other" });
        await host.AddAsync("{}", entry => entry with { Endpoint = "/api/other", State = EntryState.Held });
        var page = await (await host.SignInAsync()).PageAsync("/_postroom/?endpoint=/api/other&state=held");
        Assert.Equal(["2 All", "1 Stored", "1 Held", "0 Refused"], Counts(page));
    }

    [Fact]
    public async Task An_empty_inbox_says_so()
    {
        await using var host = await ConsoleHost.StartAsync();
        var client = await host.SignInAsync();
        Assert.Contains("Nothing has arrived yet", (await client.PageAsync("/_postroom/")).One("main").Text);
        Assert.Contains("Nothing is held", (await client.PageAsync("/_postroom/held")).One("main").Text);
        Assert.Contains("Nothing was refused", (await client.PageAsync("/_postroom/refused")).One("main").Text);
    }

    [Theory]
    [InlineData("?endpoint=/api/contact", "b,a")]
    [InlineData("?endpoint=/api/other", "d,c")]
    [InlineData("?state=held", "c,b")]
    [InlineData("?state=stored&endpoint=%2Fapi%2Fother", "d")]
    [InlineData("?text=%22C%22", "c")]
    [InlineData("?text=zzz", "")]
    [InlineData("?state=nonsense&after=x&before=y&text=&endpoint=", "d,c,b,a")]
    public async Task A_filter_leaves_out_what_was_not_asked_for(string query, string names)
    {
        await using var host = await ConsoleHost.StartAsync();
        await host.AddAsync("""{"name":"a"}""");
        await host.AddAsync("""{"name":"b"}""", entry => entry with { State = EntryState.Held });
        await host.AddAsync(
            """{"name":"c"}""", entry => entry with { State = EntryState.Held, Endpoint = "/api/other" });
        await host.AddAsync("""{"name":"d"}""", entry => entry with { Endpoint = "/api/other" });
        var page = await (await host.SignInAsync()).PageAsync("/_postroom/" + query);
        Assert.Equal(names.Split(',', StringSplitOptions.RemoveEmptyEntries), Rows(page));
    }

    [Fact]
    public async Task Pages_meet_without_gap_or_repeat_while_entries_arrive()
    {
        await using var host = await ConsoleHost.StartAsync();
        for (var number = 0; number < 95; number++)
        {
            await host.AddAsync($$"""{"n":"{{number}}"}""");
        }

        var client = await host.SignInAsync();
        var seen = new List<string>();
        var path = "/_postroom/";
        while (path is not null)
        {
            var page = await client.PageAsync(path);
            seen.AddRange(Rows(page));
            path = page.All("a").SingleOrDefault(link => link["rel"] == "next")?["href"];
            await host.AddAsync("""{"n":"new"}""");
        }

        Assert.Equal(Enumerable.Range(0, 95).Reverse().Select(number => number.ToString()), seen);
    }

    [Fact]
    public async Task The_way_back_leads_to_what_is_newer_and_keeps_the_filter()
    {
        await using var host = await ConsoleHost.StartAsync();
        for (var number = 0; number < 70; number++)
        {
            await host.AddAsync($$"""{"n":"x{{number}}"}""");
            await host.AddAsync("""{"n":"y"}""");
        }

        var client = await host.SignInAsync();
        var first = await client.PageAsync("/_postroom/?text=x");
        var second = await client.PageAsync(Link(first, "next"));
        var third = await client.PageAsync(Link(second, "next"));
        Assert.Equal(10, Rows(third).Count);
        Assert.Equal(Rows(second), Rows(await client.PageAsync(Link(third, "prev"))));
        Assert.Equal(Rows(first), Rows(await client.PageAsync(Link(second, "prev"))));
        Assert.Equal(Rows(third), Rows(await client.PageAsync(
            Link(await client.PageAsync(Link(third, "prev")), "next"))));
    }

    [Fact]
    public async Task A_rare_text_in_a_large_store_is_looked_for_in_parts()
    {
        await using var host = await ConsoleHost.StartAsync();
        await host.AddAsync("""{"n":"rare"}""");
        await host.AddManyAsync(100_500, """{"n":"x"}""");
        var client = await host.SignInAsync();
        var first = await client.PageAsync("/_postroom/?text=rare");
        Assert.Empty(Rows(first));
        Assert.Contains("Nothing found so far", first.One("main").Text);
        var second = await client.PageAsync(Link(first, "next"));
        Assert.Equal(["rare"], Rows(second));
    }

    [Fact]
    public async Task A_reference_leads_to_its_entry()
    {
        await using var host = await ConsoleHost.StartAsync();
        var entry = await host.AddAsync("{}");
        var client = await host.SignInAsync();
        using var answer = await client.GetAsync($"/_postroom/?text={entry.Id}");
        Assert.Equal($"/_postroom/entries/{entry.Id}", answer.Headers.Location!.ToString());
        await client.PageAsync($"/_postroom/?text={EntryId.FromRow(7, 7)}");
    }

    [Fact]
    public async Task Held_entries_are_listed_with_their_reason_and_a_button()
    {
        await using var host = await ConsoleHost.StartAsync();
        await host.AddAsync("""{"name":"a"}""");
        var entry = await host.AddAsync(
            """{"name":"b"}""", entry => entry with { State = EntryState.Held, Reason = "honeypot" });
        var page = await (await host.SignInAsync()).PageAsync("/_postroom/held");
        Assert.Equal(["b"], Rows(page));
        Assert.Contains("A field that people never see was filled in", page.One("ol").Text);
        Assert.Contains(page.All("form"), form => form["action"] == $"/_postroom/entries/{entry.Id}/release");
    }

    [Theory]
    [InlineData("?reason=links", "b")]
    [InlineData("?reason=links&text=zzz", "")]
    [InlineData("?reason=", "c,b")]
    [InlineData("?reason=%3Cb%3E", "")]
    public async Task Held_entries_are_found_by_their_reason(string query, string names)
    {
        await using var host = await ConsoleHost.StartAsync();
        await host.AddAsync("{}");
        await host.AddAsync(
            """{"name":"b"}""", entry => entry with { State = EntryState.Held, Reason = "links" });
        await host.AddAsync(
            """{"name":"c"}""", entry => entry with { State = EntryState.Held, Reason = "repeat" });
        var client = await host.SignInAsync();
        var page = await client.PageAsync("/_postroom/held" + query);
        Assert.Equal(names.Split(',', StringSplitOptions.RemoveEmptyEntries), Rows(page));
        Assert.Contains(page.All("option"), option => option["value"] == "too-fast");
        Assert.Equal(["c", "b", "(empty)"], Rows(await client.PageAsync("/_postroom/?reason=links")));
    }

    [Fact]
    public async Task Refused_posts_are_listed_with_their_code_and_their_stages()
    {
        await using var host = await ConsoleHost.StartAsync();
        var id = host.Store.Ids.Next();
        StageTime[] stages = [new("receiving", 1200), new("parsing", 300)];
        host.Traces.Record(
            new PostTrace(id, "/api/contact", host.Time.Milliseconds, 413, "body-too-large", stages));
        host.Traces.Record(new PostTrace(host.Store.Ids.Next(), "/api/good", host.Time.Milliseconds, 201, null, []));
        var client = await host.SignInAsync();
        var list = await client.PageAsync("/_postroom/refused");
        var link = Assert.Single(list.All("a"), link => link["class"] == "row-link");
        Assert.StartsWith("The body is too large", link.Text, StringComparison.Ordinal);
        Assert.Contains("body-too-large", link.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/api/good", list.One("ol").Text);

        var page = await client.PageAsync(link["href"]!);
        Assert.Contains("body-too-large", page.One("dl").Text);
        Assert.Equal(["0", "80"], page.All("rect").Select(bar => bar["x"]));
        Assert.Equal(["80", "20"], page.All("rect").Select(bar => bar["width"]));
        Assert.Contains("1.5 ms in all, answered with 413", page.One("main").Text);
    }

    [Theory]
    [InlineData("/_postroom/entries/x")]
    [InlineData("/_postroom/entries/0197f3a2-0000-7000-8000-000000000000")]
    [InlineData("/_postroom/entries/0197f3a2-0000-7000-8000-000000000000/document")]
    [InlineData("/_postroom/entries/0197f3a2-0000-7000-8000-000000000000/delete")]
    [InlineData("/_postroom/refused/x")]
    public async Task What_is_not_there_is_404(string path)
    {
        await using var host = await ConsoleHost.StartAsync();
        await (await host.SignInAsync()).PageAsync(path, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Every_page_has_the_headers_of_a_page()
    {
        await using var host = await ConsoleHost.StartAsync();
        var entry = await host.AddAsync("{}");
        var client = await host.SignInAsync();
        string[] paths =
            ["", "held", "refused", "sign-in", "entries/x", $"entries/{entry.Id}", $"entries/{entry.Id}/document"];
        foreach (var path in paths)
        {
            using var answer = await client.GetAsync("/_postroom/" + path);
            Assert.Equal(
                "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
                + "frame-ancestors 'none'",
                answer.Headers.GetValues("Content-Security-Policy").Single());
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("DENY", answer.Headers.GetValues("X-Frame-Options").Single());
            Assert.Equal("same-origin", answer.Headers.GetValues("Cross-Origin-Opener-Policy").Single());
            Assert.Equal("same-origin", answer.Headers.GetValues("Referrer-Policy").Single());
            Assert.True(answer.Headers.CacheControl!.NoStore);
        }
    }

    [Fact]
    public async Task The_stylesheet_is_served_to_everybody_and_not_sent_again()
    {
        await using var host = await ConsoleHost.StartAsync();
        var client = new ConsoleClient(host);
        using var first = await client.GetAsync("/_postroom/assets/postroom.css");
        Assert.Equal("text/css", first.Content.Headers.ContentType!.MediaType);
        Assert.Contains("--paper", await first.Content.ReadAsStringAsync());
        var tag = first.Headers.ETag!.ToString();
        using var again = await client.GetAsync("/_postroom/assets/postroom.css", ("If-None-Match", "\"x\", W/" + tag));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        using var other = await client.GetAsync("/_postroom/assets/postroom.css", ("If-None-Match", "\"x\""));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        using var missing = await client.GetAsync("/_postroom/assets/..%2fpostroom.css");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        using var mark = await client.GetAsync("/_postroom/assets/mark.svg");
        Assert.Equal("image/svg+xml", mark.Content.Headers.ContentType!.MediaType);
    }

    private static List<string> Rows(Markup page) =>
        [.. page.All("a").Where(link => link["class"] == "row-link").Select(link => link.Text.Trim())];

    private static IEnumerable<string> Counts(Markup page) =>
        page.All("li").Where(item => item.Parent!["class"] == "counts").Select(item => item.Text);

    private static string Link(Markup page, string relation) =>
        Assert.Single(page.All("a"), link => link["rel"] == relation)["href"]!;
}
