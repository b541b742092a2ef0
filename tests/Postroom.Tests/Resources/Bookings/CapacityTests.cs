using Postroom.Tests.Hosts;

namespace Postroom.Tests.Resources.Bookings;

/// <summary>At most so many for one key, so much for one key, and as much as another record says.</summary>
public sealed class CapacityTests
{
    [Theory, MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task As_many_are_taken_as_there_is_room_for_and_the_rest_is_told_so(string kind)
    {
        using var store = new StoreKind(kind);
        await using var host = await ResourceHost.StartAsync(store, BookingHost.Seats);

        Assert.Equal(201, (await host.TryAsync("/api/seats", """{"room":"a","slot":1}""")).Status);
        Assert.Equal(201, (await host.TryAsync("/api/seats", """{"room":"a","slot":1}""")).Status);
        using var refused = await host.SendAsync("POST", "/api/seats", """{"room":"a","slot":1}""");
        Assert.Equal(201, (await host.TryAsync("/api/seats", """{"room":"a","slot":2}""")).Status);
        Assert.Equal(201, (await host.TryAsync("/api/seats", """{"room":"b","slot":1}""")).Status);

        Assert.Equal(409, (int)refused.StatusCode);
        var problem = await refused.JsonAsync();
        Assert.Equal("sold-out", problem.GetProperty("code").GetString());
        Assert.Equal(0, problem.GetProperty("left").GetInt64());
        Assert.Equal("Nothing is left for this room and slot. Nothing was stored.",
            problem.GetProperty("message").GetString());
    }

    [Theory, MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task A_place_that_is_given_back_is_free_again(string kind)
    {
        using var store = new StoreKind(kind);
        await using var host = await ResourceHost.StartAsync(store, BookingHost.Seats);
        var first = await host.TryAsync("/api/seats", """{"room":"a","slot":1}""");
        await host.TryAsync("/api/seats", """{"room":"a","slot":1}""");

        using (await host.SendAsync("DELETE", first.Path!))
        {
            Assert.Equal(201, (await host.TryAsync("/api/seats", """{"room":"a","slot":1}""")).Status);
        }

        Assert.Equal(409, (await host.TryAsync("/api/seats", """{"room":"a","slot":1}""")).Status);
    }

    [Theory, MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task Who_moves_to_another_key_needs_a_place_there_and_who_stays_needs_none(string kind)
    {
        using var store = new StoreKind(kind);
        await using var host = await ResourceHost.StartAsync(store, BookingHost.Seats);
        await host.TryAsync("/api/seats", """{"room":"a","slot":1}""");
        var mine = await host.TryAsync("/api/seats", """{"room":"a","slot":1}""");
        await host.TryAsync("/api/seats", """{"room":"a","slot":2}""");
        await host.TryAsync("/api/seats", """{"room":"a","slot":2}""");

        Assert.Equal((200, null), await host.SendForCodeAsync("PATCH", mine.Path!, """{"name":"Ada"}"""));
        Assert.Equal((409, "sold-out"), await host.SendForCodeAsync("PATCH", mine.Path!, """{"slot":2}"""));
        Assert.Equal((200, null), await host.SendForCodeAsync("PATCH", mine.Path!, """{"slot":3}"""));
        Assert.Equal(201, (await host.TryAsync("/api/seats", """{"room":"a","slot":1}""")).Status);
    }

    [Theory, MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task A_repeat_under_its_key_takes_no_second_place(string kind)
    {
        using var store = new StoreKind(kind);
        await using var host = await ResourceHost.StartAsync(store, BookingHost.Seats);
        var key = ("Idempotency-Key", "8e03978e-40d5-43dd-bc93-6894a57f9324");

        var first = await host.TryAsync("/api/seats", """{"room":"a","slot":1}""", key);
        var again = await host.TryAsync("/api/seats", """{"room":"a","slot":1}""", key);

        Assert.Equal(first, again);
        Assert.Equal(201, (await host.TryAsync("/api/seats", """{"room":"a","slot":1}""")).Status);
    }

    [Theory, MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task A_refusal_leaves_its_key_free_for_when_there_is_room(string kind)
    {
        using var store = new StoreKind(kind);
        await using var host = await ResourceHost.StartAsync(store, BookingHost.Seats);
        var first = await host.TryAsync("/api/seats", """{"room":"a","slot":1}""");
        await host.TryAsync("/api/seats", """{"room":"a","slot":1}""");
        var key = ("Idempotency-Key", "8e03978e-40d5-43dd-bc93-6894a57f9324");

        Assert.Equal(409, (await host.TryAsync("/api/seats", """{"room":"a","slot":1}""", key)).Status);
        using (await host.SendAsync("DELETE", first.Path!))
        {
            Assert.Equal(201, (await host.TryAsync("/api/seats", """{"room":"a","slot":1}""", key)).Status);
        }
    }

    [Theory, MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task Another_record_says_how_much_there_is_and_each_takes_its_weight(string kind)
    {
        using var store = new StoreKind(kind);
        await using var host = await ResourceHost.StartAsync(store, BookingHost.Shows, BookingHost.Tickets);
        var show = (await host.TryAsync("/api/shows", """{"title":"Hamlet","seats":10}""")).Path!;
        var id = show.Split('/')[^1];

        Assert.Equal(201, (await host.TryAsync("/api/tickets", $$"""{"show":"{{id}}","count":7}""")).Status);
        using var refused = await host.SendAsync("POST", "/api/tickets", $$"""{"show":"{{id}}","count":4}""");
        var problem = await refused.JsonAsync();
        Assert.Equal("sold-out", problem.GetProperty("code").GetString());
        Assert.Equal(3, problem.GetProperty("left").GetInt64());
        Assert.Equal("/count", problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
        Assert.Equal(201, (await host.TryAsync("/api/tickets", $$"""{"show":"{{id}}","count":3}""")).Status);

        Assert.Equal((200, null), await host.SendForCodeAsync("PATCH", show, """{"seats":11}"""));
        Assert.Equal(201, (await host.TryAsync("/api/tickets", $$"""{"show":"{{id}}","count":1}""")).Status);
        Assert.Equal(409, (await host.TryAsync("/api/tickets", $$"""{"show":"{{id}}","count":1}""")).Status);
    }

    [Theory, MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task Less_than_was_sold_keeps_nobody_from_giving_some_back(string kind)
    {
        using var store = new StoreKind(kind);
        await using var host = await ResourceHost.StartAsync(store, BookingHost.Shows, BookingHost.Tickets);
        var show = (await host.TryAsync("/api/shows", """{"title":"Hamlet","seats":10}""")).Path!;
        var id = show.Split('/')[^1];
        var ticket = (await host.TryAsync("/api/tickets", $$"""{"show":"{{id}}","count":8}""")).Path!;
        await host.SendForCodeAsync("PATCH", show, """{"seats":2}""");

        Assert.Equal((200, null), await host.SendForCodeAsync("PATCH", ticket, """{"name":"Ada"}"""));
        Assert.Equal((200, null), await host.SendForCodeAsync("PATCH", ticket, """{"count":5}"""));
        Assert.Equal((409, "sold-out"), await host.SendForCodeAsync("PATCH", ticket, """{"count":6}"""));
    }

    [Theory]
    [InlineData("""{"show":"ID","count":0}""", "too-small")]
    [InlineData("""{"show":"ID","count":-5}""", "too-small")]
    [InlineData("""{"show":"ID","count":123456789012345678901234567890}""", "too-large")]
    [InlineData("""{"show":"ID","count":"7"}""", "type")]
    [InlineData("""{"show":"ID"}""", "required")]
    [InlineData("""{"show":"0196f0a0-0000-7000-8000-000000000000","count":1}""", "reference-missing")]
    [InlineData("""{"show":"nothing","count":1}""", "reference-missing")]
    public async Task What_would_slip_through_is_refused(string json, string code)
    {
        using var store = new StoreKind("memory");
        await using var host = await ResourceHost.StartAsync(store, BookingHost.Shows, BookingHost.Tickets);
        var show = (await host.TryAsync("/api/shows", """{"title":"Hamlet","seats":10}""")).Path!;

        using var refused = await host.SendAsync(
            "POST", "/api/tickets", json.Replace("ID", show.Split('/')[^1], StringComparison.Ordinal));

        Assert.Equal(400, (int)refused.StatusCode);
        Assert.Equal(code, (await refused.JsonAsync()).GetProperty("errors")[0].GetProperty("code").GetString());
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(11)]
    public async Task No_weight_is_too_great_to_be_judged(long count)
    {
        using var store = new StoreKind("sqlite");
        await using var host = await ResourceHost.StartAsync(store, BookingHost.Shows, BookingHost.Tickets);
        var show = (await host.TryAsync("/api/shows", """{"title":"Hamlet","seats":10}""")).Path!;
        var id = show.Split('/')[^1];
        await host.TryAsync("/api/tickets", $$"""{"show":"{{id}}","count":7}""");

        Assert.Equal((409, "sold-out", null),
            await host.TryAsync("/api/tickets", $$"""{"show":"{{id}}","count":{{count}}}"""));
    }

    [Theory, MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task A_thousand_at_once_get_a_hundred_places(string kind)
    {
        using var store = new StoreKind(kind);
        var declared = BookingHost.Seats with
        {
            Resource = BookingHost.Seats.Resource with
            {
                Capacities = [BookingHost.Seats.Resource.Capacities[0] with { Max = 100 }],
            },
        };
        await using var host = await ResourceHost.StartAsync(store, declared);

        var ends = await Task.WhenAll(Enumerable.Range(0, 1000).Select(
            _ => host.TryAsync("/api/seats", """{"room":"a","slot":1}""")));

        Assert.Equal(100, ends.Count(end => end.Status == 201));
        Assert.Equal(900, ends.Count(end => end.Code == "sold-out"));
    }
}
