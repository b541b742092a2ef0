using Postroom.Storage;
using Postroom.Storage.Records;
using Postroom.Tests.Hosts;
using Postroom.Tests.Resources.Bookings;

namespace Postroom.Tests.Resources.Batches;

/// <summary>Many records in one POST, each by itself.</summary>
public sealed class ImportTests
{
    private const string Import = "/api/users/batch?atomic=false";
    private const string Key = "8e03978e-40d5-43dd-bc93-6894a57f9324";

    [Theory, MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task What_can_be_is_created_and_the_rest_is_told_why_in_their_order(string kind)
    {
        using var store = new StoreKind(kind);
        await using var host = await ResourceHost.StartAsync(store);
        await host.CreateAsync("ben@example.com");

        using var answer = await host.PostAsync(Import, "application/json", """
            [{"email":"ada@example.com"},{"email":"ben@example.com"},{"email":"no"},{"email":"eve@example.com"},
             {"email":"eve@example.com"}]
            """, ("Prefer", "return=minimal"));

        Assert.Equal(207, (int)answer.StatusCode);
        var json = await answer.JsonAsync();
        Assert.Equal((2, 3), (json.GetProperty("created").GetInt32(), json.GetProperty("refused").GetInt32()));
        var items = json.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal([201, 409, 400, 201, 409], items.Select(item => item.GetProperty("status").GetInt32()));
        Assert.Equal("duplicate", items[1].GetProperty("problem").GetProperty("code").GetString());
        Assert.Equal(
            items[3].GetProperty("location").GetString(),
            items[4].GetProperty("problem").GetProperty("existing").GetProperty("address").GetString());
        Assert.Equal(3, await BatchTests.CountAsync(host));
    }

    [Theory, MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task A_repeat_goes_on_where_it_was_broken_off(string kind)
    {
        using var store = new StoreKind(kind);
        var faults = new FaultInjector(store);
        await using var host = await PostHost.StartAsync(
            new() { Endpoints = [ResourceHost.Users] }, store: faults.Choose);
        var users = BatchTests.Users([.. Enumerable.Range(0, 1200).Select(number => $"user{number}")]);
        var commits = 0;
        faults.Commit = (_, commit) => ++commits <= 2 ? commit() : new ValueTask<UnitOutcome>(UnitOutcome.Busy);
        using var broken = await host.PostAsync(Import, "application/json", users, ("Idempotency-Key", Key));
        Assert.Equal("overloaded", await broken.CodeAsync());
        Assert.Equal(500, await BatchTests.CountAsync(host));
        host.Time.Advance(TimeSpan.FromHours(1));

        var written = 0;
        faults.Commit = (unit, commit) =>
        {
            written += unit.Writes.OfType<InsertRecord>().Count();
            return commit();
        };
        using var whole = await host.PostAsync(Import, "application/json", users, ("Idempotency-Key", Key));
        using var again = await host.PostAsync(Import, "application/json", users, ("Idempotency-Key", Key));

        Assert.Equal(1200, (await whole.JsonAsync()).GetProperty("created").GetInt32());
        Assert.Equal(700, written);
        Assert.Equal(await whole.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal("replayed", again.Header("Idempotency-Status"));
        Assert.Equal(1200, await BatchTests.CountAsync(host));
        Assert.Single(host.Entries());
    }

    [Fact]
    public async Task Another_list_under_the_key_of_one_that_was_broken_off_is_refused()
    {
        using var store = new StoreKind("sqlite");
        var faults = new FaultInjector(store);
        await using var host = await PostHost.StartAsync(
            new() { Endpoints = [ResourceHost.Users] }, store: faults.Choose);
        var commits = 0;
        faults.Commit = (_, commit) => ++commits == 1 ? commit() : new ValueTask<UnitOutcome>(UnitOutcome.Busy);
        using var broken = await host.PostAsync(
            Import, "application/json", BatchTests.Users("ada"), ("Idempotency-Key", Key));
        faults.Commit = (_, commit) => commit();

        using var other = await host.PostAsync(
            Import, "application/json", BatchTests.Users("ben"), ("Idempotency-Key", Key));

        Assert.Equal("idempotency-key-reused", await other.CodeAsync());
        Assert.Equal(0, await BatchTests.CountAsync(host));
    }

    [Theory, MemberData(nameof(StoreKind.Names), MemberType = typeof(StoreKind))]
    public async Task As_many_places_are_given_as_there_are(string kind)
    {
        using var store = new StoreKind(kind);
        await using var host = await ResourceHost.StartAsync(store, BookingHost.Seats);
        const string seat = """{"room":"a","slot":1}""";
        const string other = """{"room":"b","slot":1}""";

        using var answer = await host.PostAsync(
            "/api/seats/batch?atomic=false", "application/json", $"[{seat},{other},{seat},{seat},{other},{other}]");

        Assert.Equal([201, 201, 201, 409, 201, 409], (await answer.JsonAsync()).GetProperty("items").EnumerateArray()
            .Select(item => item.GetProperty("status").GetInt32()));
    }

    [Fact]
    public async Task A_thousand_that_are_all_taken_are_refused_one_by_one()
    {
        using var store = new StoreKind("sqlite");
        await using var host = await ResourceHost.StartAsync(store);
        var users = BatchTests.Users([.. Enumerable.Range(0, 1000).Select(number => $"user{number}")]);
        using var first = await host.PostAsync(Import, "application/json", users);

        using var second = await host.PostAsync(Import, "application/json", users);

        Assert.Equal(1000, (await first.JsonAsync()).GetProperty("created").GetInt32());
        Assert.Equal(1000, (await second.JsonAsync()).GetProperty("refused").GetInt32());
    }

    [Theory]
    [InlineData("?atomic=perhaps")]
    [InlineData("?atomic=")]
    [InlineData("?atomic=true&atomic=false")]
    public async Task Whether_all_or_each_is_said_clearly(string query)
    {
        using var store = new StoreKind("memory");
        await using var host = await ResourceHost.StartAsync(store);

        using var refused = await host.PostAsync(
            "/api/users/batch" + query, "application/json", BatchTests.Users("ada"));

        Assert.Equal("malformed-request", await refused.CodeAsync());
    }
}
