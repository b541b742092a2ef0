using System.Text;
using Postroom.Tests.Fuzzing;
using static Postroom.Tests.Framing.FramingHost;

namespace Postroom.Tests.Framing;

/// <summary>
/// Requests with bytes changed, left out, doubled and spliced: no answer is a 500, and what is stored is what was
/// acknowledged.
/// </summary>
public sealed class FramingFuzzTests : IAsyncLifetime
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

    private FramingHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task No_bytes_cause_a_500_or_an_entry_without_its_answer()
    {
        FuzzRun run = new(Rounds);
        while (run.Next())
        {
            await RenewAsync();
            var request = Mutate(run.Random, Seeds[run.Random.Next(Seeds.Length)]);
            await run.JudgeAsync(() => JudgeAsync(request), Encoding.Latin1.GetBytes(request));
        }
    }

    [Fact]
    public async Task A_request_that_is_cut_off_anywhere_is_never_stored()
    {
        var before = _host.Count;
        foreach (var request in Seeds)
        {
            for (var length = 0; length < request.Length; length++)
            {
                var exchange = await RawExchange.SendAsync(_host.Address, request[..length], leave: true);
                Assert.DoesNotContain("201", exchange.Statuses, StringComparison.Ordinal);
            }
        }

        await _host.DrainAsync();
        Assert.Equal(before, _host.Count);
    }

    /// <summary>A store of many entries is slow to count.</summary>
    private async Task RenewAsync()
    {
        if (_host.Count > 400)
        {
            await _host.DisposeAsync();
            _host = new FramingHost();
            await _host.InitializeAsync();
        }
    }

    /// <summary>
    /// A client that says that no more will come is one that leaves, for the server: an answer may not reach it, though
    /// its request was whole and is stored. So the store is compared with what was answered, not with what was read.
    /// </summary>
    private async Task JudgeAsync(string request)
    {
        var before = _host.Count;
        var created = _host.Created;
        var exchange = await RawExchange.SendAsync(_host.Address, request, leave: true);
        await _host.DrainAsync();
        var statuses = exchange.Statuses.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        // RFC 9112 §6.1 and RFC 9110 §15.6.6 want these two for what is not known.
        Assert.All(statuses, status => Assert.True(status[0] != '5' || status is "501" or "505", exchange.Text));
        Assert.Equal(_host.Created - created, _host.Count - before);
        Assert.True(statuses.Count(status => status == "201") <= _host.Count - before, exchange.Text);
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
