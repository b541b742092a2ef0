using System.Net;
using Postroom.Identity;

namespace Postroom.Tests.Inbox;

public sealed class SignInTests
{
    [Fact]
    public async Task Looking_at_a_link_does_not_use_it_and_its_button_does()
    {
        await using var host = await ConsoleHost.StartAsync();
        var client = new ConsoleClient(host);
        var link = host.Links.MakePath();
        for (var look = 0; look < 3; look++)
        {
            var page = await client.PageAsync(link);
            Assert.Equal("post", page.One("form")["method"]);
            Assert.Equal(ConsoleClient.TokenOf(link), page.ByName("token")["value"]);
        }

        using var answer = await client.SignInAsync(link);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("/_postroom/", answer.Headers.Location!.ToString());
        Assert.Equal("Inbox", (await client.PageAsync("/_postroom/")).One("h1").Text);
    }

    [Fact]
    public async Task A_link_signs_in_once()
    {
        await using var host = await ConsoleHost.StartAsync();
        var link = host.Links.MakePath();
        using var first = await new ConsoleClient(host).SignInAsync(link);
        Assert.Equal(HttpStatusCode.SeeOther, first.StatusCode);

        var second = new ConsoleClient(host);
        using var answer = await second.SignInAsync(link);
        await ConsoleClient.PageAsync(answer, HttpStatusCode.Gone);
        Assert.Null(second.Cookie);
        await second.PageAsync(link, HttpStatusCode.Gone);
    }

    [Fact]
    public async Task Of_many_who_use_a_link_at_the_same_moment_one_gets_in()
    {
        await using var host = await ConsoleHost.StartAsync();
        var link = host.Links.MakePath();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => new ConsoleClient(host).SignInAsync(link)));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.SeeOther);
        Assert.Equal(19, answers.Count(answer => answer.StatusCode == HttpStatusCode.Gone));
    }

    [Fact]
    public async Task A_link_ends_after_fifteen_minutes()
    {
        await using var host = await ConsoleHost.StartAsync();
        var client = new ConsoleClient(host);
        var link = host.Links.MakePath();
        host.Time.Now += SignInLinks.Life - TimeSpan.FromMilliseconds(1);
        await client.PageAsync(link);
        host.Time.Now += TimeSpan.FromMilliseconds(1);
        await client.PageAsync(link, HttpStatusCode.Gone);
        using var answer = await client.SignInAsync(link);
        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
    }

    [Fact]
    public async Task A_changed_link_is_worth_nothing()
    {
        await using var host = await ConsoleHost.StartAsync();
        var token = ConsoleClient.TokenOf(host.Links.MakePath());

        // Not the last character: some of its bits stand for nothing.
        for (var index = 0; index < token.Length - 1; index++)
        {
            var changed = token[..index] + (token[index] == 'A' ? 'B' : 'A') + token[(index + 1)..];
            Assert.False(host.Links.TryRead(changed, out _), $"character {index}");
        }

        string?[] others =
            [null, "", "x", token[..^1], token + "AAAA", "%%%", new string('A', 75), new string('A', 100_000)];
        Assert.All(others, other => Assert.False(host.Links.TryRead(other, out _)));
        Assert.True(host.Links.TryRead(token, out _));
    }

    [Fact]
    public async Task A_token_of_one_purpose_is_nothing_to_another()
    {
        await using var host = await ConsoleHost.StartAsync();
        var signedIn = await host.SignInAsync();
        var session = signedIn.Cookie!["postroom=".Length..];
        Assert.False(host.Links.TryRead(session, out _));
        var thief = new ConsoleClient(host) { Cookie = "postroom=" + ConsoleClient.TokenOf(host.Links.MakePath()) };
        await thief.PageAsync("/_postroom/", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task On_the_machine_itself_the_cookie_has_a_plain_name_and_is_out_of_reach_of_scripts_and_sites()
    {
        await using var host = await ConsoleHost.StartAsync();
        var client = await host.SignInAsync();
        Assert.StartsWith("postroom=", client.SetCookie, StringComparison.Ordinal);
        Assert.Equal(
            ["max-age=43200", "path=/", "samesite=strict", "httponly"],
            client.SetCookie!.Split("; ").Skip(1));
    }

    [Fact]
    public async Task Over_https_the_cookie_is_bound_to_the_host()
    {
        await using var host = await ConsoleHost.StartAsync(https: true);
        var client = await host.SignInAsync();
        Assert.StartsWith("__Host-postroom=", client.SetCookie, StringComparison.Ordinal);
        Assert.Equal(
            ["max-age=43200", "path=/", "secure", "samesite=strict", "httponly"],
            client.SetCookie!.Split("; ").Skip(1));
        await client.PageAsync("/_postroom/");
        client.Cookie = client.Cookie!.Replace("__Host-", "", StringComparison.Ordinal);
        await client.PageAsync("/_postroom/", HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("post.example.com")]
    [InlineData("192.168.1.20:3000")]
    [InlineData("localhost.example.com")]
    public async Task Over_plain_http_from_elsewhere_nobody_signs_in(string name)
    {
        await using var host = await ConsoleHost.StartAsync();
        var client = new ConsoleClient(host);
        var link = host.Links.MakePath();
        using var page = await client.GetAsync(link, ("Host", name));
        Assert.Contains("https", (await ConsoleClient.PageAsync(page, HttpStatusCode.Forbidden)).One("h1").Text);
        using var answer = await client.PostAsync(
            "/_postroom/sign-in",
            [("token", ConsoleClient.TokenOf(link))],
            ("Host", name),
            ("Origin", "http://" + name));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Null(client.Cookie);
        await client.PageAsync(link);
    }

    [Fact]
    public async Task A_session_ends_after_twelve_hours()
    {
        await using var host = await ConsoleHost.StartAsync();
        var client = await host.SignInAsync();
        host.Time.Now += ConsoleSessions.Life - TimeSpan.FromMilliseconds(1);
        await client.PageAsync("/_postroom/");
        host.Time.Now += TimeSpan.FromMilliseconds(1);
        await client.PageAsync("/_postroom/", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_wherever_a_copy_of_its_cookie_is()
    {
        await using var host = await ConsoleHost.StartAsync();
        var client = await host.SignInAsync();
        var other = await host.SignInAsync();
        var copy = new ConsoleClient(host) { Cookie = client.Cookie };
        using var answer = await client.PostAsync("/_postroom/sign-out", ("_form", await client.FormTokenAsync()));
        await ConsoleClient.PageAsync(answer);
        Assert.StartsWith("postroom=; max-age=0", client.SetCookie, StringComparison.Ordinal);
        await copy.PageAsync("/_postroom/", HttpStatusCode.Unauthorized);
        await other.PageAsync("/_postroom/");
    }

    [Theory]
    [InlineData("/_postroom/")]
    [InlineData("/_postroom/held")]
    [InlineData("/_postroom/refused")]
    [InlineData("/_postroom/entries/0197f3a2-0000-7000-8000-000000000000")]
    [InlineData("/_postroom/entries/0197f3a2-0000-7000-8000-000000000000/document")]
    [InlineData("/_postroom/entries/0197f3a2-0000-7000-8000-000000000000/delete")]
    [InlineData("/_postroom/refused/0197f3a2-0000-7000-8000-000000000000")]
    public async Task Who_is_not_signed_in_learns_how_to_and_nothing_else(string path)
    {
        await using var host = await ConsoleHost.StartAsync();
        await host.AddAsync("""{"name":"canary"}""");
        foreach (var cookie in new[] { null, "postroom=", "postroom=x", "__Host-postroom=x" })
        {
            var page = await new ConsoleClient(host) { Cookie = cookie }.PageAsync(path, HttpStatusCode.Unauthorized);
            Assert.Contains("postroom link", page.One("pre").Text, StringComparison.Ordinal);
            Assert.DoesNotContain("canary", page.One("html").Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Who_comes_over_a_link_on_another_site_is_led_on_to_the_same_page()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var answer = await new ConsoleClient(host)
            .GetAsync("/_postroom/held?text=a%22b", ("Sec-Fetch-Site", "cross-site"));
        var page = await ConsoleClient.PageAsync(answer, HttpStatusCode.Unauthorized);
        Assert.Contains(page.All("a"), link => link["href"] == "/_postroom/held?text=a%22b");
    }
}
