using System.Net;
using System.Text;
using System.Text.Json;
using Postroom.Storage;
using Postroom.Tests.Answers;

namespace Postroom.Tests.Inbox;

public sealed class EntryTests
{
    [Fact]
    public async Task An_entry_shows_what_came_how_it_came_what_was_answered_and_what_follows()
    {
        await using var host = await ConsoleHost.StartAsync();
        var entry = await host.AddAsync("""{"name":"Ada","news":true}""", entry => entry with
        {
            Agent = "Firefox",
            Address = "192.0.2.7",
            Origin = "https://www.example.com",
            Answer = new StoredAnswer(201, """{"message":"Thank you, Ada!"}"""u8.ToArray(), Redirect: "/thanks.html"),
        });
        await host.Store.CommitAsync(new PostUnit { Guards = [], Writes = [new InsertJob(entry.Id, "mail:owner", 5)] });
        host.Traces.Record(
            new PostTrace(entry.Id, entry.Endpoint, entry.ReceivedAt, 201, null, [new("receiving", 40)]));
        var page = await (await host.SignInAsync()).PageAsync($"/_postroom/entries/{entry.Id}");

        var text = page.One("main").Text;
        string[] shown =
        [
            entry.Id.ToString(), "Ada", "Yes", "Firefox", "192.0.2.7", "https://www.example.com", "201",
            "Thank you, Ada!", "/thanks.html", "mail:owner", "Waiting", "Receiving", "40 µs",
            """{"name":"Ada","news":true}""",
        ];
        Assert.All(shown, words => Assert.Contains(words, text, StringComparison.Ordinal));
        Assert.DoesNotContain(page.All("form"), form => form["action"]!.EndsWith("/release", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_form_said_beside_its_message_is_shown()
    {
        await using var host = await ConsoleHost.StartAsync();
        var entry = await host.AddAsync("{}", entry => entry with
        {
            Control = Encoding.UTF8.GetBytes("""{"_subject":"<b>Größe","replyto":"ada@example.com"}"""),
        });
        var text = (await (await host.SignInAsync()).PageAsync($"/_postroom/entries/{entry.Id}")).One("main").Text;
        string[] shown = ["Beside the message", "<b>Größe", "ada@example.com"];
        Assert.All(shown, words => Assert.Contains(words, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_document_is_saved_byte_for_byte_and_never_shown_as_a_page()
    {
        await using var host = await ConsoleHost.StartAsync();
        const string Document = "{ \"a\" :1.50,\"b\":\"<script>\"}";
        var entry = await host.AddAsync(Document);
        using var answer = await (await host.SignInAsync()).GetAsync($"/_postroom/entries/{entry.Id}/document");
        Assert.Equal(Document, await answer.Content.ReadAsStringAsync());
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
    }

    [Fact]
    public async Task Of_many_clicks_on_release_at_the_same_moment_one_releases_and_what_follows_follows_once()
    {
        await using var host = await ConsoleHost.StartAsync();
        var client = await host.SignInAsync();
        var form = ("_form", await client.FormTokenAsync());
        for (var round = 0; round < 20; round++)
        {
            var entry = await host.AddAsync("{}", entry => entry with { State = EntryState.Held, Reason = "repeat" });
            var path = $"/_postroom/entries/{entry.Id}/release";
            var answers = await Task.WhenAll(client.PostAsync(path, form), client.PostAsync(path, form));
            Assert.Equal(
                [$"/_postroom/entries/{entry.Id}?done=not-held", $"/_postroom/entries/{entry.Id}?done=released"],
                answers.Select(answer => answer.Headers.Location!.ToString()).Order());
            Assert.Equal("afterwards:/api/contact", Assert.Single(host.JobsOf(entry.Id)).Name);
            Assert.Equal((EntryState.Stored, null), (host.Find(entry.Id)!.State, host.Find(entry.Id)!.Reason));
        }
    }

    [Fact]
    public async Task What_the_code_of_the_endpoint_says_against_a_release_is_shown_and_it_stays_held()
    {
        await using var host = await ConsoleHost.StartAsync();
        var entry = await host.AddAsync(
            """{"a":"objectionable"}""", entry => entry with { State = EntryState.Held, Reason = "repeat" });
        var client = await host.SignInAsync();
        using var answer = await client.PostAsync(
            $"/_postroom/entries/{entry.Id}/release", ("_form", await client.FormTokenAsync()));
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("The room is &lt;full&gt;.", page, StringComparison.Ordinal);
        Assert.Equal(EntryState.Held, host.Find(entry.Id)!.State);
    }

    [Fact]
    public async Task Releasing_what_is_not_held_changes_nothing()
    {
        await using var host = await ConsoleHost.StartAsync();
        var entry = await host.AddAsync("{}");
        var client = await host.SignInAsync();
        var form = ("_form", await client.FormTokenAsync());
        using var answer = await client.PostAsync($"/_postroom/entries/{entry.Id}/release", form);
        Assert.EndsWith("?done=not-held", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Empty(host.JobsOf(entry.Id));
        using var missing = await client.PostAsync($"/_postroom/entries/{host.Store.Ids.Next()}/release", form);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task Deleting_asks_first_and_then_takes_the_entry_and_its_work()
    {
        await using var host = await ConsoleHost.StartAsync();
        var entry = await host.AddAsync("""{"name":"Ada"}""");
        await host.Store.CommitAsync(new PostUnit { Guards = [], Writes = [new InsertJob(entry.Id, "mail", 0)] });
        var client = await host.SignInAsync();
        var path = $"/_postroom/entries/{entry.Id}/delete";
        var question = await client.PageAsync(path);
        Assert.Contains("1 waiting or running", question.One("main").Text, StringComparison.Ordinal);
        Assert.NotNull(host.Find(entry.Id));

        using var answer = await client.PostAsync(path, ("_form", await client.FormTokenAsync()));
        Assert.Equal("/_postroom/?done=deleted", answer.Headers.Location!.ToString());
        Assert.Null(host.Find(entry.Id));
        Assert.Empty(host.JobsOf(entry.Id));
        Assert.Contains("Deleted", (await client.PageAsync("/_postroom/?done=deleted")).One("main").Text);
    }

    [Fact]
    public async Task A_stored_entry_that_is_marked_as_spam_is_held_and_its_release_runs_nothing_again()
    {
        await using var host = await ConsoleHost.StartAsync();
        var entry = await host.AddAsync("{}");
        var client = await host.SignInAsync();
        var token = await client.FormTokenAsync();
        var path = $"/_postroom/entries/{entry.Id}";

        using var marked = await client.PostAsync($"{path}/mark", ("_form", token));
        Assert.Equal($"{path}?done=marked", marked.Headers.Location!.ToString());
        Assert.Equal((EntryState.Held, "marked"), (host.Find(entry.Id)!.State, host.Find(entry.Id)!.Reason));
        using var again = await client.PostAsync($"{path}/mark", ("_form", token));
        Assert.Equal($"{path}?done=not-stored", again.Headers.Location!.ToString());
        Assert.Contains("Marked as spam by hand", (await client.PageAsync(path)).One("main").Text);

        using var released = await client.PostAsync($"{path}/release", ("_form", token));
        Assert.Equal(EntryState.Stored, host.Find(entry.Id)!.State);
        Assert.Empty(host.JobsOf(entry.Id));
    }

    [Fact]
    public async Task A_held_entry_tells_every_reason_and_what_was_seen()
    {
        await using var host = await ConsoleHost.StartAsync();
        var entry = await host.AddAsync("{}", entry => entry with
        {
            State = EntryState.Held,
            Reason = "links",
            Evidence = "links: 4 links (at most 3)\nmarkup: a link in HTML",
        });
        var text = (await (await host.SignInAsync()).PageAsync($"/_postroom/entries/{entry.Id}")).One("main").Text;
        Assert.Contains("Held: Holds more links than are allowed", text, StringComparison.Ordinal);
        Assert.Contains("4 links (at most 3)", text, StringComparison.Ordinal);
        Assert.Contains("Writes links as HTML or BBCode: a link in HTML", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notice_is_one_of_ours()
    {
        await using var host = await ConsoleHost.StartAsync();
        var page = await (await host.SignInAsync()).PageAsync("/_postroom/?done=Call%20this%20number");
        Assert.DoesNotContain("number", page.One("main").Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(EntryState.Held)]
    [InlineData(EntryState.Refused)]
    public async Task Nothing_that_was_sent_becomes_markup_in_any_page(EntryState state)
    {
        await using var host = await ConsoleHost.StartAsync();
        var canary = PageRules.Canary;
        var json = JsonSerializer.Serialize(canary);
        var first = await host.AddAsync("{}");
        var entry = await host.AddAsync($$"""{{{json}}:{{json}},"list":[{{json}}]}""", entry => entry with
        {
            Endpoint = "/" + canary,
            State = state,
            Reason = canary,
            Evidence = canary,
            MediaType = canary,
            Owner = canary,
            Agent = canary,
            Address = canary,
            Origin = canary,
            RepeatOf = first.Id,
            Answer = new StoredAnswer(400, Encoding.UTF8.GetBytes(canary), canary, canary),
        });
        await host.Store.CommitAsync(new PostUnit { Guards = [], Writes = [new InsertJob(entry.Id, canary, 0)] });
        var job = Assert.Single(await host.Store.ClaimJobsAsync(host.Time.Milliseconds, host.Time.Milliseconds + 1, 1));
        await host.Store.CommitAsync(new PostUnit
        {
            Guards = [],
            Writes = [new SettleJob(job.Number, JobState.Dead, 0, canary)],
        });
        host.Traces.Record(new PostTrace(entry.Id, canary, 0, 400, canary, [new(canary, 1)]));
        var client = await host.SignInAsync();
        var escaped = Uri.EscapeDataString(canary);
        string[] paths =
        [
            "", "held", "refused", $"entries/{entry.Id}", $"entries/{entry.Id}/delete", $"refused/{entry.Id}",
            $"?text={escaped}&endpoint={escaped}&state={escaped}&done={escaped}",
            $"held?text={escaped}&endpoint={escaped}",
        ];
        foreach (var path in paths)
        {
            await client.PageAsync("/_postroom/" + path);
        }

        await new ConsoleClient(host).PageAsync($"/_postroom/sign-in?token={escaped}", HttpStatusCode.Gone);
    }

    [Fact]
    public async Task A_refused_entry_shows_its_problem_and_its_body_and_is_run_and_not_released()
    {
        await using var host = await ConsoleHost.StartAsync();
        var client = await host.SignInAsync();
        var entry = await host.AddAsync("{}", entry => entry with
        {
            State = EntryState.Held,
            Reason = "refused:malformed-json",
            Answer = new StoredAnswer(400, """{"code":"malformed-json"}"""u8.ToArray()),
            Body = Encoding.UTF8.GetBytes("{<script>\0" + new string('x', 70_000) + "end"),
            BodyType = "application/json",
        });

        var page = await client.PageAsync($"/_postroom/entries/{entry.Id}");
        var text = page.One("main").Text;
        Assert.Contains("{<script>\u2400xxx", text, StringComparison.Ordinal);
        Assert.Contains("Refused, and kept: Malformed json", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("{\"code\":\"malformed-json\"}", text, StringComparison.Ordinal);
        Assert.DoesNotContain("xend", text, StringComparison.Ordinal);
        Assert.Contains(page.All("form"), form => form["action"]!.EndsWith("/run", StringComparison.Ordinal));
        Assert.DoesNotContain(page.All("form"), form => form["action"]!.EndsWith("/release", StringComparison.Ordinal));
        var list = await client.PageAsync("/_postroom/held");
        Assert.Contains(list.All("form"), form => form["action"] == $"/_postroom/entries/{entry.Id}/run");

        var form = ("_form", await client.FormTokenAsync());
        using var released = await client.PostAsync($"/_postroom/entries/{entry.Id}/release", form);
        Assert.EndsWith("done=run-instead", released.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(EntryState.Held, host.Find(entry.Id)!.State);
        using var run = await client.PostAsync($"/_postroom/entries/{entry.Id}/run", form);
        Assert.EndsWith("done=refused-again", run.Headers.Location!.ToString(), StringComparison.Ordinal);
    }
}
