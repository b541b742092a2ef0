namespace Postroom.Bench.Attacks;

/// <summary>Attacks that hold connections and send as little as they can.</summary>
internal static class ConnectionAttacks
{
    private const int Many = 10_000;
    private const int Some = 1_000;
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private const string Post = "POST /api/contact HTTP/1.1\r\nHost: localhost\r\n";
    private const string Form = Post + "Content-Type: application/x-www-form-urlencoded\r\n";

    public static IEnumerable<Attack> All =>
    [
        new("idle connections", $"{Many:N0} connections that send nothing, 5 s", (server, tally) =>
            HoldAsync(server, tally, Many, "", "", TimeSpan.FromSeconds(5))),
        new("slow headers", $"{Some:N0} connections, a byte of the header a second each, 20 s", (server, tally) =>
            HoldAsync(server, tally, Some, Post + "X-A: ", "a", Held)),
        new("slow bodies", $"{Some:N0} connections, a byte of the body a second each, 20 s", (server, tally) =>
            HoldAsync(server, tally, Some, Form + "Content-Length: 900000\r\n\r\n", "a", Held)),
        new("slow chunks", $"{Some:N0} connections, a chunk of one byte a second each, 20 s", (server, tally) =>
            HoldAsync(server, tally, Some, Form + "Transfer-Encoding: chunked\r\n\r\n", "1\r\na\r\n", Held)),
        new("bodies that stop", $"{Some:N0} connections, 900,000 bytes of 950,000 and then nothing, 20 s", (server, tally) =>
            HoldAsync(server, tally, Some, Form + "Content-Length: 950000\r\n\r\na=" + new string('a', 899_998), "", Held)),
    ];

    private static async Task HoldAsync(
        AttackedServer server, Tally tally, int count, string first, string then, TimeSpan time)
    {
        var connections = new List<RawConnection>(count);
        for (var number = 0; number < count; number++)
        {
            connections.Add(await RawConnection.OpenAsync(server.Port));
            await connections[^1].TrySendAsync(first);
        }

        for (var waited = TimeSpan.Zero; waited < time; waited += Beat)
        {
            await Task.Delay(Beat);
            foreach (var connection in then.Length == 0 ? [] : connections)
            {
                await connection.TrySendAsync(then);
            }
        }

        foreach (var answer in await Task.WhenAll(connections.Select(connection => connection.StatusAsync(Moment))))
        {
            tally.Add(answer);
        }

        connections.ForEach(connection => connection.Dispose());
    }
}
