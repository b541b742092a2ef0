using System.Net;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Idempotency;

/// <summary>Rows 6 to 8 while the first request runs.</summary>
public sealed class InFlightRowTests
{
    private const int Duplicates = 24;

    [Fact]
    public async Task Row_06_another_content_is_refused_while_the_first_runs()
    {
        var gate = new Gate();
        await using var host = await StartAsync(gate);
        var first = host.PostNoteAsync("one", Keys.Header(Keys.One));
        await gate.Came;
        using var other = await host.PostNoteAsync("two", Keys.Header(Keys.One));
        Assert.Equal("idempotency-key-reused", await other.CodeAsync());
        gate.Open();
        using var answer = await first;
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Fact]
    public async Task Row_07_who_will_not_wait_is_told_to_come_again()
    {
        var gate = new Gate();
        await using var host = await StartAsync(gate);
        var first = host.PostNoteAsync("one", Keys.Header(Keys.One));
        await gate.Came;
        using var busy = await host.PostNoteAsync("one", Keys.Header(Keys.One), ("Prefer", "wait=0"));
        Assert.Equal(HttpStatusCode.Conflict, busy.StatusCode);
        Assert.Equal("idempotency-key-in-use", await busy.CodeAsync());
        Assert.Equal("1", busy.Header("Retry-After"));
        gate.Open();
        using var answer = await first;
        using var retry = await host.PostNoteAsync("one", Keys.Header(Keys.One), ("Prefer", "wait=0"));
        Assert.Equal("replayed", retry.Header("Idempotency-Status"));
        Assert.Equal(1, gate.Count);
    }

    [Theory]
    [InlineData("wait=3", 3)]
    [InlineData("respond-async, wait=\"7\"", 7)]
    [InlineData("wait=60", 10)]
    [InlineData("handling=strict", 10)]
    public async Task Row_07_a_wait_ends_when_it_was_asked_to_and_after_ten_seconds_at_most(string prefer, int seconds)
    {
        var gate = new Gate();
        await using var host = await StartAsync(gate);
        var first = host.PostNoteAsync("one", Keys.Header(Keys.One));
        await gate.Came;
        var second = host.PostNoteAsync("one", Keys.Header(Keys.One), ("Prefer", prefer));
        var limit = TimeSpan.FromSeconds(seconds);
        await host.Time.TimerMadeAsync(wait => wait == limit);
        host.Time.Advance(limit);
        using var answer = await second;
        Assert.Equal("idempotency-key-in-use", await answer.CodeAsync());
        gate.Open();
        (await first).Dispose();
    }

    [Theory]
    [MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task Row_08_many_clicks_at_once_have_one_effect_and_one_answer(string store)
    {
        using var kind = new StoreKind(store);
        var gate = new Gate();
        await using var host = await StartAsync(gate, kind);
        var clicks = Enumerable.Range(0, Duplicates).Select(_ => ClickAsync(host)).ToList();
        await gate.Came;
        gate.Open();
        var answers = await Task.WhenAll(clicks);
        Assert.Single(answers.Distinct());
        Assert.StartsWith("201 ", answers[0], StringComparison.Ordinal);
        Assert.Single(host.Entries());
        Assert.Equal(1, gate.Count);
    }

    [Fact]
    public async Task Row_08_a_click_whose_first_failed_takes_its_place()
    {
        var gate = new Gate();
        var runs = 0;
        await using var host = await PostHost.StartNotesAsync(form => form.InTransaction(async (_, _, _) =>
        {
            await gate.PassAsync();
            if (Interlocked.Increment(ref runs) == 1)
            {
                throw new InvalidOperationException("the first run breaks");
            }
        }));
        var first = host.PostNoteAsync("one", Keys.Header(Keys.One));
        await gate.Came;
        var second = host.PostNoteAsync("one", Keys.Header(Keys.One));
        await host.Time.TimerMadeAsync(wait => wait == TimeSpan.FromSeconds(10));
        gate.Open();
        using var failed = await first;
        using var done = await second;
        Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        Assert.Equal("created", done.Header("Idempotency-Status"));
        Assert.Single(host.Entries());
    }

    private static Task<PostHost> StartAsync(Gate gate, StoreKind? kind = null) => PostHost.StartNotesAsync(
        form => form.InTransaction((_, _, _) => gate.PassAsync()), kind is null ? null : kind.Choose);

    private static async Task<string> ClickAsync(PostHost host)
    {
        using var client = host.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/note");
        request.Content = new StringContent("""{"text":"one"}""", System.Text.Encoding.UTF8, "application/json");
        request.Headers.Add("Idempotency-Key", Keys.One);
        using var response = await client.SendAsync(request);
        return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
    }
}
