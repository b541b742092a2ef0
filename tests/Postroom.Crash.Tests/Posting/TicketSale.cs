using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Postroom.Crash.Tests.Posting;

/// <summary>Buyers who hold a seat and confirm it, each under keys of his own, until they have an answer.</summary>
internal sealed class TicketSale : IDisposable
{
    private const string Seats = "/api/seats";

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        UseCookies = false, UseProxy = false, MaxConnectionsPerServer = 64,
    })
    {
        Timeout = TimeSpan.FromSeconds(30),
    };

    private TaskCompletionSource<Uri> _server = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public const string Declaration = """
        limits: {rate: off, keys: off}
        endpoints:
          /api/seats:
            kind: resource
            schema:
              type: object
              required: [show, buyer]
              properties: {show: {type: string, maxLength: 20}, buyer: {type: integer}}
            capacity: {per: [show], max: 100}
            hold: 1h
            idempotency: required
            access: {create: public, read: public, list: public, update: public}
        """;

    /// <summary>Told of each answer.</summary>
    public Action Answered { get; set; } = () => { };

    /// <summary>Where the server is from now on.</summary>
    public void Opens(Uri server) => _server.TrySetResult(server);

    /// <summary>Nobody answers until it opens again.</summary>
    public void Closes() => _server = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The seat that he has; null when there was none left.</summary>
    public async Task<string?> BuyAsync(int buyer)
    {
        var (status, held) = await AskAsync(HoldOf(buyer));
        if (status == 409)
        {
            Assert.Equal("sold-out", held.GetProperty("code").GetString());
            return null;
        }

        Assert.Equal(201, status);
        var id = held.GetProperty("id").GetString()!;
        var (confirmed, seat) = await AskAsync(() => Request($"{Seats}/{id}/confirm", $"confirm-{buyer:D8}", null));
        Assert.Equal((200, id), (confirmed, seat.GetProperty("id").GetString()));
        Assert.False(seat.TryGetProperty("heldUntil", out _));
        return id;
    }

    /// <summary>Asks once more, as somebody does who has lost the answer.</summary>
    public async Task<string?> RepeatAsync(int buyer)
    {
        var (status, seat) = await AskAsync(HoldOf(buyer));
        return status == 201 ? seat.GetProperty("id").GetString() : null;
    }

    /// <summary>All seats that are taken, by id, each with whether it is confirmed.</summary>
    public async Task<Dictionary<string, bool>> ListAsync()
    {
        var list = await _http.GetFromJsonAsync<JsonElement>(new Uri(await _server.Task, Seats + "?limit=1000"));
        return list.GetProperty("items").EnumerateArray().ToDictionary(
            seat => seat.GetProperty("id").GetString()!, seat => !seat.TryGetProperty("heldUntil", out _));
    }

    public void Dispose() => _http.Dispose();

    private static Func<HttpRequestMessage> HoldOf(int buyer) =>
        () => Request(Seats, $"hold-{buyer:D12}", $$"""{"show":"Hamlet","buyer":{{buyer}}}""");

    private static HttpRequestMessage Request(string path, string key, string? json) => new(HttpMethod.Post, path)
    {
        Headers = { { "Idempotency-Key", key.PadRight(20, '0') } },
        Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"),
    };

    /// <summary>The same request until there is an answer: to a server that is killed there is none.</summary>
    private async Task<(int Status, JsonElement Body)> AskAsync(Func<HttpRequestMessage> make)
    {
        while (true)
        {
            var server = await _server.Task;
            try
            {
                using var request = make();
                request.RequestUri = new Uri(server, request.RequestUri!.OriginalString);
                using var response = await _http.SendAsync(request);
                if ((int)response.StatusCode < 500)
                {
                    var body = await response.Content.ReadFromJsonAsync<JsonElement>();
                    Answered();
                    return ((int)response.StatusCode, body);
                }
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException or TaskCanceledException)
            {
                // It was killed, or is being so: the kernel refuses at once, until it opens again.
                await Task.Yield();
            }
        }
    }
}
