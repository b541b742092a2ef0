using System.Text;
using Postroom.Declarations;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Resources.Bookings;

/// <summary>Resources whose records take places: seats of a slot, tickets of a show, stays in a room.</summary>
internal static class BookingHost
{
    private const string SeatSchema = """
        {"type":"object","required":["room","slot"],"properties":{
          "room":{"type":"string","maxLength":50},"slot":{"type":"integer"},"name":{"type":"string","maxLength":50}}}
        """;

    private const string ShowSchema = """
        {"type":"object","required":["title","seats"],"properties":{
          "title":{"type":"string","maxLength":50},"seats":{"type":"integer","minimum":0}}}
        """;

    private const string TicketSchema = """
        {"type":"object","required":["show","count"],"properties":{
          "show":{"type":"string","x-ref":"/api/shows"},"count":{"type":"integer","minimum":1},
          "name":{"type":"string","maxLength":50}}}
        """;

    private const string StaySchema = """
        {"type":"object","required":["room","from","to"],"properties":{
          "room":{"type":"string","maxLength":50},"from":{"type":"string","format":"date-time"},
          "to":{"type":"string","format":"date-time"}}}
        """;

    private const string NightSchema = """
        {"type":"object","required":["room","arrival","departure"],"properties":{
          "room":{"type":"string","maxLength":50},"arrival":{"type":"string","format":"date"},
          "departure":{"type":"string","format":"date"}}}
        """;

    public static EndpointDeclaration Seats { get; } = Resource("/api/seats", SeatSchema, new()
    {
        Capacities = [new CapacityDeclaration { Per = ["/room", "/slot"], Max = 2 }],
    });

    public static EndpointDeclaration HeldSeats { get; } = Seats with
    {
        Resource = Seats.Resource with { Hold = TimeSpan.FromMinutes(10) },
    };

    public static EndpointDeclaration Shows { get; } = Resource("/api/shows", ShowSchema, new());

    public static EndpointDeclaration Tickets { get; } = Resource("/api/tickets", TicketSchema, new()
    {
        Capacities = [new CapacityDeclaration { Of = "/show", Field = "/seats", Weight = "/count" }],
    });

    public static EndpointDeclaration Stays { get; } = Resource("/api/stays", StaySchema, new()
    {
        Overlaps =
        [
            new OverlapDeclaration
            {
                Per = ["/room"], From = "/from", To = "/to", Buffer = TimeSpan.FromMinutes(15),
            },
        ],
    });

    public static EndpointDeclaration Nights { get; } = Resource("/api/nights", NightSchema, new()
    {
        Overlaps = [new OverlapDeclaration { Per = ["/room"], From = "/arrival", To = "/departure" }],
    });

    public static EndpointDeclaration Resource(string path, string schema, ResourceDeclaration resource) => new()
    {
        Path = path,
        Kind = EndpointKind.Resource,
        Schema = Encoding.UTF8.GetBytes(schema),
        Resource = resource with { Access = AccessDeclaration.All("public") },
    };

    /// <summary>Posts and gives the status, the code of a refusal and the path of a record.</summary>
    public static async Task<(int Status, string? Code, string? Path)> TryAsync(
        this PostHost host, string path, string json, params (string, string)[] headers)
    {
        using var response = await host.SendAsync("POST", path, json, headers);
        var code = response.IsSuccessStatusCode
            ? null
            : (await response.JsonAsync()).GetProperty("code").GetString();
        return ((int)response.StatusCode, code, response.Header("Location"));
    }

    public static async Task<(int Status, string? Code)> SendForCodeAsync(
        this PostHost host, string method, string path, string? json = null, params (string, string)[] headers)
    {
        using var response = await host.SendAsync(method, path, json, headers);
        return ((int)response.StatusCode, response.IsSuccessStatusCode
            ? null
            : (await response.JsonAsync()).GetProperty("code").GetString());
    }
}
