using Postroom.Declarations;
using Postroom.Hosting;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Resources.Bookings;

/// <summary>What could be got around, or could never be judged, is refused at the start.</summary>
public sealed class BookingDeclarationTests
{
    private const string Schema = """
        {"type":"object","required":["room","count","from","to","loose","day"],"properties":{
          "room":{"type":"string","maxLength":50},"optional":{"type":"string","maxLength":50},
          "count":{"type":"integer","minimum":0},"loose":{"type":"integer"},
          "from":{"type":"string","format":"date-time"},"to":{"type":"string","format":"date-time"},
          "day":{"type":"string","format":"date"},"list":{"type":"array"}}}
        """;

    public static TheoryData<string, CapacityDeclaration> Capacities => new()
    {
        { "capacity.per: /optional", new() { Per = ["/optional"], Max = 1 } },
        { "capacity.per: /list", new() { Per = ["/list"], Max = 1 } },
        { "capacity.per: /nothing", new() { Per = ["/nothing"], Max = 1 } },
        { "capacity.weight: /loose", new() { Per = ["/room"], Max = 1, Weight = "/loose" } },
        { "capacity.weight: /room", new() { Per = ["/room"], Max = 1, Weight = "/room" } },
        { "capacity.max", new() { Per = ["/room"] } },
        { "capacity.max", new() { Per = ["/room"], Max = 1, Of = "/room", Field = "/seats" } },
        { "capacity.max", new() { Per = ["/room"], Of = "/room" } },
    };

    public static TheoryData<string, OverlapDeclaration> Overlaps => new()
    {
        { "overlap: /room", new() { From = "/room", To = "/to" } },
        { "overlap: from and to", new() { From = "/from", To = "/from" } },
        { "overlap: from and to", new() { From = "/from", To = "/day" } },
        { "overlap.per: /optional", new() { Per = ["/optional"], From = "/from", To = "/to" } },
    };

    [Theory, MemberData(nameof(Capacities))]
    public async Task A_capacity_that_could_be_got_around_is_refused(string said, CapacityDeclaration capacity) =>
        Assert.StartsWith(said, await FaultOfAsync(new() { Capacities = [capacity] }), StringComparison.Ordinal);

    [Theory, MemberData(nameof(Overlaps))]
    public async Task An_overlap_that_could_not_be_judged_is_refused(string said, OverlapDeclaration overlap) =>
        Assert.StartsWith(said, await FaultOfAsync(new() { Overlaps = [overlap] }), StringComparison.Ordinal);

    [Fact]
    public async Task There_is_an_end_to_rules()
    {
        var capacities = Enumerable.Repeat(new CapacityDeclaration { Per = ["/room"], Max = 1 }, 11);

        Assert.StartsWith("capacity: there are 11 rules",
            await FaultOfAsync(new() { Capacities = [.. capacities] }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_record_that_says_how_much_there_is_has_such_a_number()
    {
        var tickets = BookingHost.Tickets with
        {
            Resource = BookingHost.Tickets.Resource with
            {
                Capacities = [BookingHost.Tickets.Resource.Capacities[0] with { Field = "/title" }],
            },
        };
        using var store = new StoreKind("memory");

        var refused = await Assert.ThrowsAsync<DeclarationException>(
            () => ResourceHost.StartAsync(store, BookingHost.Shows, tickets));

        Assert.Equal("capacity.max: /title must be an integer in the schema of /api/shows.",
            Assert.Single(refused.Faults).Message);
    }

    private static async Task<string> FaultOfAsync(ResourceDeclaration resource)
    {
        using var store = new StoreKind("memory");
        var endpoint = BookingHost.Resource("/api/things", Schema, resource);
        var refused = await Assert.ThrowsAsync<DeclarationException>(() => ResourceHost.StartAsync(store, endpoint));
        return Assert.Single(refused.Faults).Message;
    }
}
