using System.Net;
using System.Text;
using Postroom.Storage;

namespace Postroom.Tests.Inbox;

public sealed class ForgeryTests
{
    public static TheoryData<string, string> Refused => new()
    {
        { "Sec-Fetch-Site: cross-site", "right" },
        { "Sec-Fetch-Site: same-site", "right" },
        { "Sec-Fetch-Site: other", "right" },
        { "Sec-Fetch-Site: cross-site|Origin: {root}", "right" },
        { "Origin: https://evil.example", "right" },
        { "Origin: null", "right" },
        { "Origin: {root}.evil.example", "right" },
        { "Origin: http://localhost", "right" },
        { "", "right" },
        { "Sec-Fetch-Site: same-origin", "missing" },
        { "Sec-Fetch-Site: same-origin", "wrong" },
        { "Sec-Fetch-Site: same-origin", "of another session" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Nothing_is_done_for_a_post_that_is_not_from_our_page_for_this_session(
        string headers, string token)
    {
        await using var host = await ConsoleHost.StartAsync();
        var entry = await host.AddAsync("{}", entry => entry with { State = EntryState.Held, Reason = "honeypot" });
        var client = await host.SignInAsync();
        (string, string)[] fields = token switch
        {
            "right" => [("_form", await client.FormTokenAsync())],
            "wrong" => [("_form", "x")],
            "missing" => [],
            _ => [("_form", await (await host.SignInAsync()).FormTokenAsync())],
        };
        foreach (var path in new[] { $"entries/{entry.Id}/release", $"entries/{entry.Id}/delete", "sign-out" })
        {
            using var answer = await client.PostAsync("/_postroom/" + path, fields, Parse(headers, host.Root));
            await ConsoleClient.PageAsync(answer, HttpStatusCode.Forbidden);
        }

        Assert.Equal(EntryState.Held, host.Find(entry.Id)!.State);
        Assert.Empty(host.JobsOf(entry.Id));
        await client.PageAsync("/_postroom/");
    }

    [Theory]
    [InlineData("Sec-Fetch-Site: same-origin")]
    [InlineData("Sec-Fetch-Site: same-origin|Origin: null")]
    [InlineData("Sec-Fetch-Site: none")]
    [InlineData("Origin: {root}")]
    public async Task A_post_from_our_page_is_done(string headers)
    {
        await using var host = await ConsoleHost.StartAsync();
        var entry = await host.AddAsync("{}", entry => entry with { State = EntryState.Held });
        var client = await host.SignInAsync();
        using var answer = await client.PostAsync(
            $"/_postroom/entries/{entry.Id}/release",
            [("_form", await client.FormTokenAsync())],
            Parse(headers, host.Root));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(EntryState.Stored, host.Find(entry.Id)!.State);
    }

    [Fact]
    public async Task A_link_is_not_used_by_a_post_from_another_site()
    {
        await using var host = await ConsoleHost.StartAsync();
        var link = host.Links.MakePath();
        using var answer = await new ConsoleClient(host).PostAsync(
            "/_postroom/sign-in", [("token", ConsoleClient.TokenOf(link))], ("Sec-Fetch-Site", "cross-site"));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        await new ConsoleClient(host).PageAsync(link);
    }

    [Fact]
    public async Task Getting_an_action_does_nothing()
    {
        await using var host = await ConsoleHost.StartAsync();
        var entry = await host.AddAsync("{}", entry => entry with { State = EntryState.Held });
        var client = await host.SignInAsync();
        using var release = await client.GetAsync($"/_postroom/entries/{entry.Id}/release");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, release.StatusCode);
        await client.PageAsync($"/_postroom/entries/{entry.Id}/delete");
        Assert.Equal(EntryState.Held, host.Find(entry.Id)!.State);
    }

    [Theory]
    [InlineData("application/json", 10)]
    [InlineData("text/plain", 10)]
    [InlineData("application/x-www-form-urlencoded", 5000)]
    public async Task A_body_that_is_no_form_of_ours_is_refused(string type, int size)
    {
        await using var host = await ConsoleHost.StartAsync();
        var client = await host.SignInAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_postroom/sign-out");
        request.Headers.Add("Cookie", client.Cookie);
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        request.Content = new StringContent(
            $"_form={await client.FormTokenAsync()}&x={new string('x', size)}", Encoding.UTF8, type);
        using var answer = await host.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        await client.PageAsync("/_postroom/");
    }

    private static (string, string)[] Parse(string headers, string root) =>
    [
        .. headers.Split('|', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(": "))
            .Select(parts => (parts[0], parts[1].Replace("{root}", root, StringComparison.Ordinal))),
    ];
}
