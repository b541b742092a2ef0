using System.Net;
using System.Text;
using Postroom.Storage;

namespace Postroom.Tests.Inbox;

/// <summary>Everything that is held for one refusal runs again by one click.</summary>
public sealed class RunAllTests
{
    private const string List = "/_postroom/held?reason=refused%3Avalidation-failed";
    private const string Action = "/_postroom/held/run?reason=refused%3Avalidation-failed";

    [Fact]
    public async Task What_a_reason_holds_runs_again_and_the_page_tells_what_became_of_it()
    {
        await using var host = await ConsoleHost.StartAsync();
        var entries = new List<EntryId>();
        for (var number = 0; number < 4; number++)
        {
            entries.Add((await AddAsync(host, "refused:validation-failed")).Id);
        }

        await AddAsync(host, "refused:malformed-json");
        await host.AddAsync("{}", entry => entry with { State = EntryState.Held, Reason = "links" });
        host.Releases.Verdicts.Enqueue(SecondRunVerdict.Stored);
        host.Releases.Verdicts.Enqueue(SecondRunVerdict.HeldAsSpam);
        host.Releases.Verdicts.Enqueue(SecondRunVerdict.Failed);
        var client = await host.SignInAsync();
        var page = await client.PageAsync(List);
        Assert.Contains(page.All("form"), form => form["action"] == Action);

        using var answer = await client.PostAsync(Action, ("_form", await client.FormTokenAsync()));

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(entries, host.Releases.Ran);
        var told = await client.PageAsync(answer.Headers.Location!.ToString());
        Assert.Contains(
            "1 stored, 1 held by a rule about spam, 1 refused again, 1 left as they were.",
            string.Join(' ', told.One("main").Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/_postroom/held")]
    [InlineData("/_postroom/held?reason=links")]
    [InlineData("/_postroom/held?reason=refused%3Anone")]
    public async Task It_is_not_offered_where_there_is_nothing_to_run(string path)
    {
        await using var host = await ConsoleHost.StartAsync();
        await host.AddAsync("{}", entry => entry with { State = EntryState.Held, Reason = "links" });
        var client = await host.SignInAsync();
        var page = await client.PageAsync(path);
        Assert.DoesNotContain(
            page.All("form"), form => form["action"]!.StartsWith("/_postroom/held/run", StringComparison.Ordinal));
        using var answer = await client.PostAsync(
            path.Replace("held", "held/run", StringComparison.Ordinal), ("_form", await client.FormTokenAsync()));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Empty(host.Releases.Ran);
    }

    [Fact]
    public async Task Nobody_else_can_have_it_run()
    {
        await using var host = await ConsoleHost.StartAsync();
        await AddAsync(host, "refused:validation-failed");
        var client = await host.SignInAsync();
        using var forged = await client.PostAsync(Action, ("_form", "guessed"));
        using var foreign = await client.PostAsync(
            Action, [("_form", await client.FormTokenAsync())], ("Origin", "https://evil.example"));
        Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
        Assert.Empty(host.Releases.Ran);
    }

    [Theory]
    [InlineData("1-2-3")]
    [InlineData("1-2-3-<b>")]
    [InlineData("-1-2-3-4")]
    [InlineData("99999999999-0-0-0")]
    public async Task A_link_puts_no_words_into_the_page(string ran)
    {
        await using var host = await ConsoleHost.StartAsync();
        var client = await host.SignInAsync();
        var page = await client.PageAsync("/_postroom/held?done=ran-all&ran=" + Uri.EscapeDataString(ran));
        Assert.DoesNotContain("Run again:", page.One("main").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_held_list_offers_every_refusal_that_is_kept()
    {
        await using var host = await ConsoleHost.StartAsync();
        await AddAsync(host, "refused:malformed-json");
        var page = await (await host.SignInAsync()).PageAsync("/_postroom/held");
        Assert.All(RefusedReason.Codes, code => Assert.Contains(
            page.All("option"), option => option["value"] == "refused:" + code));
    }

    private static Task<Entry> AddAsync(ConsoleHost host, string reason) => host.AddAsync("{}", entry => entry with
    {
        State = EntryState.Held,
        Reason = reason,
        Body = Encoding.UTF8.GetBytes("{}"),
        BodyType = "application/json",
    });
}
