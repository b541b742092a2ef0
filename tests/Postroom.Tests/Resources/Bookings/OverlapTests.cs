using Postroom.Tests.Hosts;

namespace Postroom.Tests.Resources.Bookings;

/// <summary>No two ranges of one key overlap.</summary>
public sealed class OverlapTests
{
    [Theory]
    [InlineData("10:00", "11:00", false)] // the same
    [InlineData("10:30", "10:40", false)] // within it
    [InlineData("09:00", "12:00", false)] // around it
    [InlineData("09:30", "10:30", false)] // over its start
    [InlineData("10:59", "12:00", false)] // over its end
    [InlineData("11:00", "12:00", false)] // nothing between them, where a quarter of an hour must be
    [InlineData("11:14", "12:00", false)]
    [InlineData("09:00", "09:46", false)]
    [InlineData("11:15", "12:00", true)]
    [InlineData("09:00", "09:45", true)]
    public async Task A_range_is_free_or_another_is_in_the_way(string from, string to, bool isFree)
    {
        foreach (var kind in new[] { "memory", "sqlite" })
        {
            using var store = new StoreKind(kind);
            await using var host = await ResourceHost.StartAsync(store, BookingHost.Stays);
            var first = await host.TryAsync("/api/stays", Stay("a", "10:00", "11:00"));

            using var second = await host.SendAsync("POST", "/api/stays", Stay("a", from, to));

            Assert.Equal(isFree ? 201 : 409, (int)second.StatusCode);
            if (!isFree)
            {
                var problem = await second.JsonAsync();
                Assert.Equal("overlap", problem.GetProperty("code").GetString());
                Assert.Equal(first.Path, problem.GetProperty("existing").GetProperty("address").GetString());
            }

            Assert.Equal(201, (await host.TryAsync("/api/stays", Stay("b", from, to))).Status);
        }
    }

    [Fact]
    public async Task Zones_are_understood()
    {
        using var store = new StoreKind("sqlite");
        await using var host = await ResourceHost.StartAsync(store, BookingHost.Stays);
        await host.TryAsync("/api/stays", Stay("a", "10:00", "11:00"));

        Assert.Equal(409, (await host.TryAsync("/api/stays", """
            {"room":"a","from":"2030-06-01T12:15:00+02:00","to":"2030-06-01T12:45:00+02:00"}
            """)).Status);
        Assert.Equal(201, (await host.TryAsync("/api/stays", """
            {"room":"a","from":"2030-06-01T10:15:00+02:00","to":"2030-06-01T10:45:00+02:00"}
            """)).Status);
    }

    [Theory, MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task Who_leaves_in_the_morning_is_no_hindrance_to_who_comes_that_day(string kind)
    {
        using var store = new StoreKind(kind);
        await using var host = await ResourceHost.StartAsync(store, BookingHost.Nights);

        Assert.Equal(201, (await host.TryAsync("/api/nights", Nights("2030-06-01", "2030-06-03"))).Status);
        Assert.Equal(201, (await host.TryAsync("/api/nights", Nights("2030-06-03", "2030-06-04"))).Status);
        Assert.Equal(409, (await host.TryAsync("/api/nights", Nights("2030-06-02", "2030-06-03"))).Status);
        Assert.Equal(201, (await host.TryAsync("/api/nights", Nights("2030-05-01", "2030-06-01"))).Status);
    }

    [Theory]
    [InlineData("11:00", "10:00", "range-empty")]
    [InlineData("10:00", "10:00", "range-empty")]
    public async Task A_range_ends_after_it_began(string from, string to, string code)
    {
        using var store = new StoreKind("memory");
        await using var host = await ResourceHost.StartAsync(store, BookingHost.Stays);

        using var refused = await host.SendAsync("POST", "/api/stays", Stay("a", from, to));

        Assert.Equal(400, (int)refused.StatusCode);
        var error = (await refused.JsonAsync()).GetProperty("errors")[0];
        Assert.Equal(("/to", code), (error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_moment_that_no_column_knows_is_refused()
    {
        using var store = new StoreKind("memory");
        await using var host = await ResourceHost.StartAsync(store, BookingHost.Stays);

        Assert.Equal((400, "validation-failed", null), await host.TryAsync("/api/stays", """
            {"room":"a","from":"2016-12-31T23:59:60Z","to":"2017-01-01T01:00:00Z"}
            """));
    }

    [Theory, MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task A_stay_moves_over_itself_and_not_over_others(string kind)
    {
        using var store = new StoreKind(kind);
        await using var host = await ResourceHost.StartAsync(store, BookingHost.Stays);
        var mine = (await host.TryAsync("/api/stays", Stay("a", "10:00", "11:00"))).Path!;
        await host.TryAsync("/api/stays", Stay("a", "12:00", "13:00"));

        Assert.Equal((200, null), await host.SendForCodeAsync(
            "PATCH", mine, """{"from":"2030-06-01T10:30:00Z","to":"2030-06-01T11:30:00Z"}"""));
        Assert.Equal((409, "overlap"), await host.SendForCodeAsync(
            "PATCH", mine, """{"to":"2030-06-01T12:00:00Z"}"""));
    }

    [Theory, MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task Whatever_comes_at_once_no_two_overlap(string kind)
    {
        using var store = new StoreKind(kind);
        await using var host = await ResourceHost.StartAsync(store, BookingHost.Nights);
        var random = new Random(7);
        var wanted = Enumerable.Range(0, 300).Select(_ =>
        {
            var start = new DateOnly(2030, 1, 1).AddDays(random.Next(200));
            return (From: start, To: start.AddDays(1 + random.Next(14)));
        }).ToList();

        var ends = await Task.WhenAll(wanted.Select(async stay => (
            stay.From, stay.To,
            (await host.TryAsync("/api/nights", Nights($"{stay.From:yyyy-MM-dd}", $"{stay.To:yyyy-MM-dd}"))).Status)));

        var taken = ends.Where(end => end.Status == 201).OrderBy(end => end.From).ToList();
        Assert.All(taken.Zip(taken.Skip(1)), pair => Assert.True(pair.First.To <= pair.Second.From));
        Assert.All(ends.Where(end => end.Status != 201), refused =>
            Assert.Contains(taken, stay => stay.From < refused.To && refused.From < stay.To));
    }

    private static string Stay(string room, string from, string to) =>
        $$"""{"room":"{{room}}","from":"2030-06-01T{{from}}:00Z","to":"2030-06-01T{{to}}:00Z"}""";

    private static string Nights(string arrival, string departure) =>
        $$"""{"room":"a","arrival":"{{arrival}}","departure":"{{departure}}"}""";
}
