using System.Globalization;
using static Postroom.Tests.Framing.FramingHost;

namespace Postroom.Tests.Framing;

/// <summary>
/// Requests with bytes changed, left out, doubled and spliced: no answer is a 500, and what was acknowledged is
/// stored. <c>POSTROOM_FUZZ_SECONDS</c> makes it long.
/// </summary>
public sealed class FramingFuzzTests(FramingHost host) : IClassFixture<FramingHost>
{
    private const int Rounds = 400;

    private static readonly string[] Seeds =
    [
        Line + Host + Json + "Content-Length: 40\r\n\r\n" + Body,
        Line + Host + Json + Chunked + "\r\n" + Chunks,
        Line + Host + Json + Chunked + "\r\n14;a=b\r\n" + Body[..20] + "\r\n14\r\n" + Body[20..] + "\r\n0\r\nX-A: b\r\n\r\n",
        Line + Host + Json + "Expect: 100-continue\r\nContent-Length: 40\r\n\r\n" + Body,
        "GET /_postroom/health HTTP/1.1\r\n" + Host + "Content-Length: 40\r\n\r\n" + Body,
    ];

    private static readonly string[] Pieces =
    [
        "\r\n", "\n", "\r", "\0", " ", "\t", ":", ",", ";", "0", "-", "+", "0x", "\u00ff", "chunked", "gzip, ", "Content-Length: 7\r\n",
        Chunked, "Host: b\r\n", "0\r\n\r\n", "HTTP/1.0", "Expect: 100-continue\r\n", "Connection: keep-alive\r\n",
    ];

    [Fact]
    public async Task No_bytes_cause_a_500_or_an_answer_without_its_entry()
    {
        var seconds = Environment.GetEnvironmentVariable("POSTROOM_FUZZ_SECONDS") is { } text
            ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
        var random = new Random(20_261);
        var started = TimeProvider.System.GetTimestamp();
        for (var round = 0; round < Rounds || TimeProvider.System.GetElapsedTime(started).TotalSeconds < seconds; round++)
        {
            await JudgeAsync(Mutate(random, Seeds[random.Next(Seeds.Length)]));
        }
    }

    private async Task JudgeAsync(string request)
    {
        var before = host.Count;
        var exchange = await RawExchange.SendAsync(host.Address, request, leave: true);
        var statuses = exchange.Statuses.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        // RFC 9112 §6.1 and RFC 9110 §15.6.6 want these two for what is not known.
        Assert.All(statuses, status => Assert.True(status[0] != '5' || status is "501" or "505", request));
        Assert.True(host.Count - before >= statuses.Count(status => status == "201"), request);
    }

    private static string Mutate(Random random, string request)
    {
        for (var change = random.Next(1, 5); change > 0; change--)
        {
            var at = random.Next(request.Length);
            request = random.Next(4) switch
            {
                0 => request.Remove(at, Math.Min(random.Next(1, 4), request.Length - at)),
                1 => request.Insert(at, Pieces[random.Next(Pieces.Length)]),
                2 => request[..at] + (char)random.Next(256) + request[(at + 1)..],
                _ => request.Insert(at, request.Substring(at, Math.Min(random.Next(1, 40), request.Length - at))),
            };
        }

        return request;
    }
}
