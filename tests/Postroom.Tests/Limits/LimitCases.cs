using System.IO.Compression;
using System.Text;
using Postroom.Declarations;
using Postroom.Tests.Framing;
using Postroom.Tests.Hosts;
using Postroom.Tests.Resources.Changes;
using static Postroom.Tests.Limits.LimitCase;

namespace Postroom.Tests.Limits;

/// <summary>A case for every limit, by the name of its property.</summary>
internal static class LimitCases
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string Csv = "text/csv";
    private const string Multipart = "multipart/form-data; boundary=x";
    private const string Gzip = "Content-Encoding: gzip\r\n";
    private const string KeyOf = "Idempotency-Key: 0123456789abcdef-";

    public static Dictionary<string, LimitCase> OfEndpoint { get; } = new()
    {
        ["Body"] = Body(413, "limits.body", 5, new() { Body = 5 }, Form, "a=1234", "a=123"),
        ["DecodedBody"] = Coded("limits.decodedBody", 100, new() { DecodedBody = 100 }, 101, 100),
        ["Ratio"] = Coded("limits.ratio", 2, new() { Ratio = 2 }, 200_000, 60_000),
        ["BodyTime"] = Slow("limits.bodyTime", 600, new() { MinimumRate = null }, TimeSpan.FromMinutes(10)),
        ["MinimumRate"] = Slow("limits.minimumRate", 240, new(), TimeSpan.FromSeconds(15)),
        ["MinimumRateGrace"] = Slow(
            "limits.minimumRate", 240, new() { MinimumRateGrace = TimeSpan.FromSeconds(3) }, TimeSpan.FromSeconds(3)),
        ["Fields"] = Body(400, "limits.fields", 2, new() { Fields = 2 }, Form, "a=1&b=2&c=3", "a=1&b=2"),
        ["Name"] = Body(400, "limits.name", 4, new() { Name = 4 }, Form, "abcde=1", "abcd=1"),
        ["Value"] = Body(400, "limits.value", 4, new() { Value = 4 }, Form, "a=12345", "a=1234"),
        ["Depth"] = Body(400, "limits.depth", 2, new() { Depth = 2 }, Form, "a[b][c]=1", "a[b]=1"),
        ["Index"] = Body(400, "limits.index", 3, new() { Index = 3 }, Form, "a[4]=1", "a[0]=1"),
        ["Items"] = Body(400, "limits.items", 2, new() { Items = 2 }, Csv, "a\r\n1\r\n2\r\n3\r\n", "a\r\n1\r\n2\r\n") with
        {
            Schema = """{"type":"array"}"""u8.ToArray(),
        },
        ["File"] = Body(413, "limits.file", 4, new() { File = 4 }, Multipart, Parts("f=12345"), Parts("f=1234")),
        ["Files"] = Body(400, "limits.files", 1, new() { Files = 1 }, Multipart, Parts("f=1", "g=2"), Parts("f=1")),
        ["Parts"] = Body(400, "limits.parts", 2, new() { Parts = 2 }, Multipart, Parts("a=1", "b=2", "c=3"), Parts("a=1", "b=2")),
        ["Rate"] = Second(429, "limits.rate", 1, new() { Rate = 1 }, n => Request(Form, $"a={n}")),
        ["UploadAge"] = new()
        {
            IsUpload = true,
            Endpoint = new() { UploadAge = TimeSpan.FromMinutes(1) },
            Status = 410,
            Name = "limits.uploadAge",
            Value = 60,
            Cross = CrossAgeAsync,
        },
        ["OpenUploads"] = Second(
            429, "limits.openUploads", 1, new() { OpenUploads = 1 },
            _ => Request("a/b", "", "Tus-Resumable: 1.0.0\r\nUpload-Length: 5\r\n")) with { IsUpload = true },
        ["CallerBytes"] = Body(
            413, "limits.callerBytes", 4, new() { CallerBytes = 4 }, "text/plain", "12345", "1234") with { IsUpload = true },
        ["EndpointBytes"] = Body(
            413, "limits.endpointBytes", 4, new() { EndpointBytes = 4 }, "text/plain", "12345", "1234") with { IsUpload = true },
        ["Keys"] = Second(429, "limits.keys", 1, new() { Keys = 1 }, n => Request(Form, $"a={n}", $"{KeyOf}{n}\r\n")),
    };

    public static Dictionary<string, LimitCase> OfServer { get; } = new()
    {
        ["Connections"] = new()
        {
            Server = new() { Connections = 1 }, Status = 0, Cross = CrossConnectionsAsync,
        },
        ["IdleTime"] = new()
        {
            Server = new() { IdleTime = TimeSpan.FromSeconds(1) }, Status = 0, Cross = (host, _) => SendAndWaitAsync(host, ""),
        },
        ["HeaderTime"] = new()
        {
            Server = new() { HeaderTime = TimeSpan.FromSeconds(1) },
            Status = 408,
            Cross = (host, _) => SendAndWaitAsync(host, FramingHost.Line + "Host: a\r\nX-A: b"),
        },
        ["RequestLine"] = Head(
            414, "limits.requestLine", 300, new() { RequestLine = 300 }, Line(301), Line(300)),
        ["Headers"] = Head(
            431, "limits.headers", 10, new() { Headers = 10 }, Lines(7), Lines(6)),
        ["HeaderBytes"] = Head(
            431, "limits.headerBytes", 1000, new() { HeaderBytes = 1000 }, Bytes(1001), Bytes(1000)),
        ["BodyMemory"] = new()
        {
            Server = new() { BodyMemory = 100_000 },
            Status = 503,
            Name = "limits.bodyMemory",
            Value = 100_000,
            Cross = CrossMemoryAsync,
        },
        ["DiskReserve"] = new()
        {
            IsUpload = true,
            Server = new() { DiskReserve = 1_000_000_000_000_000 },
            Status = 507,
            Name = "limits.diskReserve",
            Value = 1_000_000_000_000_000,
            Cross = (host, _) => RawExchange.SendAsync(host.Address, Request("text/plain", "x")),
        },
        ["Queue"] = new()
        {
            Server = new() { Queue = 2 }, Status = 503, Name = "limits.queue", Value = 2, Cross = CrossQueueAsync,
        },
        ["QueueBytes"] = new()
        {
            Server = new() { QueueBytes = 1500 },
            Status = 503,
            Name = "limits.queueBytes",
            Value = 1500,
            Cross = CrossQueueAsync,
        },
        ["Streams"] = Streams(503, "limits.streams", new() { Streams = 1 }),
        ["StreamsPerClient"] = Streams(429, "limits.streamsPerClient", new() { StreamsPerClient = 1 }),
    };

    /// <summary>A second stream of changes while the first one is open.</summary>
    private static LimitCase Streams(int status, string name, ServerLimitsDeclaration limits) => new()
    {
        Server = limits,
        Status = status,
        Name = name,
        Value = 1,
        Cross = async (_, _) =>
        {
            await using var host = await PostHost.StartAsync(new PostroomDeclaration
            {
                Limits = limits,
                Endpoints = [ChangeHost.Users],
            });
            await using var first = await EventStream.OpenAsync(host);
            return await RawExchange.SendAsync(
                host.Address, "GET /api/users/changes HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        },
    };

    /// <summary>Parts of a form: the one called <c>f</c> or <c>g</c> is a file.</summary>
    private static string Parts(params string[] parts) => string.Concat(parts.Select(part =>
        "--x\r\nContent-Disposition: form-data; name=\"" + part[..1] + "\""
        + (part[0] is 'f' or 'g' ? "; filename=\"a.txt\"\r\nContent-Type: text/plain" : "")
        + "\r\n\r\n" + part[2..] + "\r\n")) + "--x--\r\n";

    private static LimitCase Coded(string name, long value, LimitsDeclaration limits, int beyond, int within) => new()
    {
        Endpoint = limits,
        Status = 413,
        Name = name,
        Value = value,
        Cross = (host, _) => RawExchange.SendAsync(host.Address, Request(Form, Zipped(beyond), Gzip)),
        Stay = (host, _) => RawExchange.SendAsync(host.Address, Request(Form, Zipped(within), Gzip)),
    };

    private static string Zipped(int length)
    {
        var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Optimal))
        {
            gzip.Write(Encoding.ASCII.GetBytes("a=" + new string('b', length - 2)));
        }

        return Encoding.Latin1.GetString(output.ToArray());
    }

    private static LimitCase Slow(string name, long value, LimitsDeclaration limits, TimeSpan patience) => new()
    {
        Endpoint = limits,
        Status = 408,
        Name = name,
        Value = value,
        Cross = async (host, _) =>
        {
            using var connection = await SlowConnection.OpenAsync(host.Address);
            await connection.SendAsync(Request(Form, "a=1")[..^1]);
            await host.Time.TimerMadeAsync(left => left > patience - TimeSpan.FromMilliseconds(20) && left <= patience);
            host.Time.Advance(patience);
            return await connection.ReadAnswerAsync();
        },
    };

    private static LimitCase Second(
        int status, string name, long value, LimitsDeclaration limits, Func<int, string> request) => new()
        {
            Endpoint = limits,
            Status = status,
            Name = name,
            Value = value,
            Stay = (host, _) => RawExchange.SendAsync(host.Address, request(1)),
            Cross = (host, _) => RawExchange.SendAsync(host.Address, request(2)),
        };

    /// <summary>A request whose first line has so many bytes, its end included.</summary>
    private static string Line(int bytes)
    {
        const string start = "POST /api/contact?";
        const string end = " HTTP/1.1\r\n";
        return Request(Form, "a=1", line: start + new string('a', bytes - start.Length - end.Length) + end);
    }

    /// <summary>So many lines beside the four that a request has anyway.</summary>
    private static string Lines(int count) =>
        Request(Form, "a=1", string.Concat(Enumerable.Range(0, count).Select(n => $"X-A: {n}\r\n")));

    /// <summary>A header of so many bytes, in two lines of one name beside the four.</summary>
    private static string Bytes(int count)
    {
        var four = "Host: a\r\nConnection: close\r\nContent-Length: 3\r\n".Length + $"Content-Type: {Form}\r\n".Length;
        const string filler = "X-A: b\r\nX-A: ";
        return Request(Form, "a=1", filler + new string('b', count - four - filler.Length - 2) + "\r\n");
    }

    private static async Task<RawExchange> CrossConnectionsAsync(PostHost host, HeldWriter writer)
    {
        using var first = await SlowConnection.OpenAsync(host.Address);
        await first.SendAsync(Request(Form, "a=1").Replace("Connection: close\r\n", "", StringComparison.Ordinal));
        await first.ReadAnswerAsync();
        return await SendAndWaitAsync(host, "");
    }

    /// <summary>A body that stands still leaves no room for another of its size, until it is given up.</summary>
    private static async Task<RawExchange> CrossMemoryAsync(PostHost host, HeldWriter writer)
    {
        var large = Request(Form, "a=" + new string('b', 90_000));
        using var slow = await SlowConnection.OpenAsync(host.Address);
        await slow.SendAsync(large[..^1]);
        await host.Time.TimerMadeAsync(left => left > TimeSpan.FromSeconds(14.9) && left <= TimeSpan.FromSeconds(15));
        Assert.Equal("201", (await RawExchange.SendAsync(host.Address, Request(Form, "a=1"))).Statuses);
        var refused = await RawExchange.SendAsync(host.Address, large);
        host.Time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal("408", (await slow.ReadAnswerAsync()).Statuses);
        Assert.Equal("201", (await RawExchange.SendAsync(host.Address, large)).Statuses);
        return refused;
    }

    private static async Task<RawExchange> CrossAgeAsync(PostHost host, HeldWriter writer)
    {
        using var begun = await host.SendAsync(
            HttpMethod.Post, "/api/contact", ("Tus-Resumable", "1.0.0"), ("Upload-Length", "5"));
        host.Time.Advance(TimeSpan.FromMinutes(1));
        return await RawExchange.SendAsync(host.Address, Request(
            "application/offset+octet-stream", "x", "Tus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n",
            $"PATCH {begun.Header("Location")} HTTP/1.1\r\n"));
    }

    private static async Task<RawExchange> SendAndWaitAsync(PostHost host, string text)
    {
        using var connection = await SlowConnection.OpenAsync(host.Address);
        await connection.SendAsync(text);
        return await connection.ReadToEndAsync();
    }

    /// <summary>
    /// While one is being written, others wait until there is no room: how many, depends on the store's own work.
    /// </summary>
    private static async Task<RawExchange> CrossQueueAsync(PostHost host, HeldWriter writer)
    {
        var request = Request(Form, "a=" + new string('b', 600));
        writer.Hold();
        List<Task<RawExchange>> waiting = [RawExchange.SendAsync(host.Address, request)];
        await writer.QueuedAsync();
        await writer.BegunAsync();
        Task<RawExchange> last;
        Task queued;
        do
        {
            queued = writer.QueuedAsync();
            last = RawExchange.SendAsync(host.Address, request);
            waiting.Add(last);
        }
        while (await Task.WhenAny(queued, last) != last);

        writer.LetGo();
        foreach (var taken in waiting[..^1])
        {
            Assert.Equal("201", (await taken).Statuses);
        }

        var refused = await last;
        Assert.Contains("Retry-After: 1", refused.Text, StringComparison.Ordinal);
        return refused;
    }
}
