using Postroom.Tests.Hosts;

namespace Postroom.Tests.Resources.Bookings;

/// <summary>A place is held for a while, confirmed or free again; the time in the commit decides.</summary>
public sealed class HoldTests
{
    private const string Seat = """{"room":"a","slot":1}""";

    [Theory, MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task What_is_confirmed_in_time_stays(string kind)
    {
        using var store = new StoreKind(kind);
        await using var host = await ResourceHost.StartAsync(store, BookingHost.HeldSeats);
        using var held = await host.SendAsync("POST", "/api/seats", Seat);
        var path = held.Header("Location")!;
        Assert.Equal("2030-01-31T12:10:00.000Z", (await held.JsonAsync()).GetProperty("heldUntil").GetString());

        using var confirmed = await host.SendAsync("POST", path + "/confirm");

        Assert.Equal(200, (int)confirmed.StatusCode);
        Assert.False((await confirmed.JsonAsync()).TryGetProperty("heldUntil", out _));
        host.Time.Advance(TimeSpan.FromHours(1));
        await host.TryAsync("/api/seats", Seat);
        Assert.Equal(409, (await host.TryAsync("/api/seats", Seat)).Status);
    }

    [Theory, MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task What_is_not_confirmed_is_free_for_others_at_that_moment(string kind)
    {
        using var store = new StoreKind(kind);
        await using var host = await ResourceHost.StartAsync(store, BookingHost.HeldSeats);
        var first = (await host.TryAsync("/api/seats", Seat)).Path!;
        await host.TryAsync("/api/seats", Seat);

        host.Time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(409, (await host.TryAsync("/api/seats", Seat)).Status);
        host.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(201, (await host.TryAsync("/api/seats", Seat)).Status);
        Assert.Equal((409, "hold-ended"), await host.SendForCodeAsync("POST", first + "/confirm"));
        Assert.Equal((409, "hold-ended"), await host.SendForCodeAsync("PATCH", first, """{"name":"Ada"}"""));
        Assert.Equal((204, null), await host.SendForCodeAsync("DELETE", first));
    }

    [Theory, MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task Confirming_twice_is_confirming_once(string kind)
    {
        using var store = new StoreKind(kind);
        await using var host = await ResourceHost.StartAsync(store, BookingHost.HeldSeats);
        var path = (await host.TryAsync("/api/seats", Seat)).Path!;

        using var first = await host.SendAsync("POST", path + "/confirm");
        host.Time.Advance(TimeSpan.FromHours(1));
        using var second = await host.SendAsync("POST", path + "/confirm");

        Assert.Equal(200, (int)second.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_change_does_not_prolong_a_hold()
    {
        using var store = new StoreKind("sqlite");
        await using var host = await ResourceHost.StartAsync(store, BookingHost.HeldSeats);
        var path = (await host.TryAsync("/api/seats", Seat)).Path!;
        host.Time.Advance(TimeSpan.FromMinutes(9));

        using var changed = await host.SendAsync("PATCH", path, """{"name":"Ada"}""");

        Assert.Equal("2030-01-31T12:10:00.000Z", (await changed.JsonAsync()).GetProperty("heldUntil").GetString());
    }

    [Fact]
    public async Task Nobody_sets_the_end_of_a_hold()
    {
        using var store = new StoreKind("memory");
        await using var host = await ResourceHost.StartAsync(store, BookingHost.HeldSeats);
        var path = (await host.TryAsync("/api/seats", Seat)).Path!;

        Assert.Equal(400, (await host.TryAsync(
            "/api/seats", """{"room":"a","slot":1,"heldUntil":"2099-01-01T00:00:00.000Z"}""")).Status);
        Assert.Equal(400, (await host.SendForCodeAsync("PATCH", path, """{"heldUntil":null}""")).Status);
    }

    [Theory]
    [InlineData("GET", 405)]
    [InlineData("DELETE", 405)]
    [InlineData("OPTIONS", 204)]
    public async Task The_address_of_a_confirmation_takes_POST(string method, int status)
    {
        using var store = new StoreKind("memory");
        await using var host = await ResourceHost.StartAsync(store, BookingHost.HeldSeats);
        var path = (await host.TryAsync("/api/seats", Seat)).Path!;

        using var response = await host.SendAsync(method, path + "/confirm");

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("OPTIONS, POST", response.Header("Allow"));
    }

    [Theory]
    [InlineData("/api/seats/0196f0a0-0000-7000-8000-000000000000/confirm", 404)]
    [InlineData("/api/seats/nothing/confirm", 404)]
    public async Task What_is_not_there_is_not_confirmed(string path, int status)
    {
        using var store = new StoreKind("memory");
        await using var host = await ResourceHost.StartAsync(store, BookingHost.HeldSeats);

        Assert.Equal(status, (await host.SendForCodeAsync("POST", path)).Status);
    }

    [Fact]
    public async Task Without_a_hold_there_is_nothing_to_confirm()
    {
        using var store = new StoreKind("memory");
        await using var host = await ResourceHost.StartAsync(store, BookingHost.Seats);
        var path = (await host.TryAsync("/api/seats", Seat)).Path!;

        using var response = await host.SendAsync("POST", path + "/confirm");

        Assert.Equal(404, (int)response.StatusCode);
    }

    [Theory, MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task Holds_that_end_while_all_come_at_once_give_no_place_away_twice(string kind)
    {
        using var store = new StoreKind(kind);
        await using var host = await ResourceHost.StartAsync(store, BookingHost.HeldSeats);
        for (var round = 0; round < 20; round++)
        {
            var held = (await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.TryAsync("/api/seats", Seat))))
                .Where(end => end.Status == 201).ToList();
            var confirming = held.Select(end => host.SendForCodeAsync("POST", end.Path + "/confirm"));
            var coming = Enumerable.Range(0, 8).Select(_ => host.TryAsync("/api/seats", Seat));
            var all = (Confirmed: Task.WhenAll(confirming), Came: Task.WhenAll(coming));
            host.Time.Advance(TimeSpan.FromMinutes(10));
            var confirmed = (await all.Confirmed).Count(end => end.Status == 200);
            await all.Came;

            Assert.InRange(confirmed, 0, 2);
            await ClearAsync(host);
        }
    }

    private static async Task ClearAsync(PostHost host)
    {
        using var list = await host.SendAsync("GET", "/api/seats?limit=1000");
        var now = host.Time.GetUtcNow();
        var records = (await list.JsonAsync()).GetProperty("items").EnumerateArray().ToList();
        Assert.InRange(
            records.Count(record => !record.TryGetProperty("heldUntil", out var until)
                || until.GetDateTimeOffset() > now),
            0,
            2);
        foreach (var record in records)
        {
            using (await host.SendAsync("DELETE", "/api/seats/" + record.GetProperty("id").GetString()))
            {
            }
        }
    }
}
