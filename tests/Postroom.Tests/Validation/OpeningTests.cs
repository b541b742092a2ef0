using System.Net;
using Postroom.Declarations;
using Postroom.Faults;
using Postroom.Plans;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Validation;

/// <summary>When an endpoint takes POSTs, in the time of its zone, and what is said when it does not.</summary>
public sealed class OpeningTests
{
    private const string Ada = """{"name":"Ada","email":"ada@example.com"}""";
    private static readonly (string, string) Key = ("Idempotency-Key", "0123456789abcdef0123");
    private static readonly DateTimeOffset Noon = new ManualTime().GetUtcNow();

    /// <summary>Sunday 2026-03-29: 02:00 becomes 03:00 in Zurich. Sunday 2026-10-25: 03:00 becomes 02:00.</summary>
    [Theory]
    [InlineData("2026-03-27T07:59:59Z", 1)]
    [InlineData("2026-03-27T08:00:00Z", null)]
    [InlineData("2026-03-27T15:59:59Z", null)]
    [InlineData("2026-03-27T16:00:00Z", 226_800)]
    [InlineData("2026-03-30T07:00:00Z", null)]
    [InlineData("2026-03-30T15:00:00Z", 316_800)]
    [InlineData("2026-10-26T07:59:00Z", 60)]
    [InlineData("2026-10-26T08:00:00Z", null)]
    public void Hours_follow_the_clock_of_the_zone(string at, int? wait) =>
        AssertWait(Zurich(DayOfWeek.Monday, DayOfWeek.Friday), at, wait);

    [Theory]
    [InlineData("2026-03-29T00:30:00Z", 1800)]
    [InlineData("2026-03-29T01:00:00Z", null)]
    [InlineData("2026-10-24T23:30:00Z", 3600)]
    [InlineData("2026-10-25T00:30:00Z", null)]
    [InlineData("2026-10-25T01:30:00Z", null)]
    [InlineData("2026-10-25T01:15:00Z", 900)]
    public void A_beginning_in_the_leap_and_one_that_comes_twice_are_known(string at, int? wait) => AssertWait(
        new OpeningDeclaration
        {
            Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Zurich"),
            Hours = [new OpeningHours([DayOfWeek.Sunday], 150, 240)],
        }, at, wait);

    [Fact]
    public void Hours_that_never_come_before_the_end_are_closed_for_good()
    {
        var opening = Zurich(DayOfWeek.Monday) with { Until = DateTimeOffset.Parse("2026-03-29T00:00:00Z", null) };
        var fault = Judge(opening, "2026-03-28T00:00:00Z");
        Assert.Equal(FaultCatalogue.Closed, fault?.Kind);
    }

    [Fact]
    public async Task Before_the_beginning_it_says_when_it_opens()
    {
        await using var host = await StartAsync(new() { From = Noon + TimeSpan.FromHours(2) });
        using var early = await host.PostJsonAsync(Ada);
        Assert.Equal(HttpStatusCode.Forbidden, early.StatusCode);
        Assert.Equal("not-open", await early.CodeAsync());
        Assert.Equal("7200", early.Header("Retry-After"));
        Assert.Contains("Thursday, 31 January 2030 at 14:00 (UTC)", await early.Content.ReadAsStringAsync());
        Assert.Empty(host.Entries());
        host.Time.Advance(TimeSpan.FromHours(2));
        using var open = await host.PostJsonAsync(Ada);
        Assert.Equal(HttpStatusCode.Created, open.StatusCode);
    }

    [Fact]
    public async Task After_the_end_it_is_gone_but_a_repeat_gets_its_answer()
    {
        await using var host = await StartAsync(new() { Until = Noon + TimeSpan.FromHours(1) });
        using var first = await host.PostJsonAsync(Ada, Key);
        host.Time.Advance(TimeSpan.FromHours(1));
        using var repeat = await host.PostJsonAsync(Ada, Key);
        using var late = await host.PostJsonAsync(Ada);
        Assert.Equal(HttpStatusCode.Created, repeat.StatusCode);
        Assert.Equal(await first.Content.ReadAsByteArrayAsync(), await repeat.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.Gone, late.StatusCode);
        var json = await late.JsonAsync();
        Assert.Equal("closed", json.GetProperty("code").GetString());
        Assert.Equal("Over.", json.GetProperty("message").GetString());
        Assert.False(json.GetProperty("retry").GetProperty("useful").GetBoolean());
        Assert.Single(host.Entries());
    }

    [Fact]
    public async Task A_browser_sees_that_it_is_closed_in_place_of_the_form()
    {
        await using var host = await StartAsync(new() { Until = Noon + TimeSpan.FromHours(1) });
        using var open = await host.SendAsync(HttpMethod.Get, "/api/contact", ("Accept", "text/html"));
        host.Time.Advance(TimeSpan.FromHours(1));
        using var closed = await host.SendAsync(HttpMethod.Get, "/api/contact", ("Accept", "text/html"));
        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
        Assert.Equal(HttpStatusCode.Gone, closed.StatusCode);
        var page = await closed.Content.ReadAsStringAsync();
        Assert.Contains("Over.", page);
        Assert.DoesNotContain("<form", page);
    }

    private static OpeningDeclaration Zurich(params DayOfWeek[] days) => new()
    {
        Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Zurich"),
        Hours = [new OpeningHours(days, 9 * 60, 17 * 60)],
    };

    private static Task<PostHost> StartAsync(OpeningDeclaration opening) => PostHost.StartAsync(
        PostHost.Contact with
        {
            Opening = opening,
            Respond = PostHost.Contact.Respond with { Closed = "Over." },
        });

    private static void AssertWait(OpeningDeclaration opening, string at, int? wait) =>
        Assert.Equal(wait, (int?)Judge(opening, at)?.RetryAfter?.TotalSeconds);

    private static Fault? Judge(OpeningDeclaration opening, string at) =>
        new OpeningTimes(opening, null).Judge(DateTimeOffset.Parse(at, null).ToUnixTimeMilliseconds());
}
