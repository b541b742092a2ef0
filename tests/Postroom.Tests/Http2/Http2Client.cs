using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Postroom.Tests.Http2;

/// <summary>
/// A connection of HTTP/2 frame by frame, for what no HTTP client would send. It acknowledges settings, keeps to the
/// windows of the server, and remembers what came on each stream.
/// </summary>
internal sealed class Http2Client : IAsyncDisposable
{
    public const int LargestFrame = 16_384;

    private const int DefaultWindow = 65_535;

    private static readonly byte[] Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray();

    private readonly TcpClient _socket;
    private readonly Stream _stream;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly Lock _gate = new();
    private readonly Dictionary<int, Http2Answer> _answers = [];
    private readonly Dictionary<int, int> _windows = new() { [0] = DefaultWindow };
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(2));
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _reading = Task.CompletedTask;
    private int _next = 1;
    private int _pings;
    private int _initialWindow = DefaultWindow;

    private Http2Client(TcpClient socket, Stream stream) => (_socket, _stream) = (socket, stream);

    /// <summary>The error code of the server's last GOAWAY.</summary>
    public int? Goaway { get; private set; }

    public bool IsClosed { get; private set; }

    /// <summary>What the server allows at once; null until its settings came.</summary>
    public int? StreamsMax { get; private set; }

    public static async Task<Http2Client> ConnectAsync(Uri address)
    {
        var socket = new TcpClient { NoDelay = true };
        await socket.ConnectAsync(address.Host, address.Port);
        Stream stream = socket.GetStream();
        if (address.Scheme == "https")
        {
            var secure = new SslStream(stream);
            await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                ApplicationProtocols = [SslApplicationProtocol.Http2],
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.Subject == Http2Host.CertificateName,
            });
            Assert.Equal(SslApplicationProtocol.Http2, secure.NegotiatedApplicationProtocol);
            stream = secure;
        }

        var client = new Http2Client(socket, stream);
        await stream.WriteAsync(Preface);

        // RFC 9113 §6.5.2: SETTINGS_HEADER_TABLE_SIZE 0, SETTINGS_INITIAL_WINDOW_SIZE 16 MiB.
        await client.WriteAsync(new Http2Frame(Http2FrameType.Settings, 0, 0, [0, 1, 0, 0, 0, 0, 0, 4, 1, 0, 0, 0]));
        await client.WriteAsync(new Http2Frame(Http2FrameType.WindowUpdate, 0, 0, Http2Frame.FromNumber(1 << 24)));
        client._reading = client.ReadAsync();
        return client;
    }

    /// <summary>A request in one frame, and another for its body; the stream that it got.</summary>
    public async Task<int> SendAsync(IEnumerable<(string Name, string Value)> fields, string? body)
    {
        var stream = await BeginAsync(fields, end: body is null);
        if (body is not null)
        {
            await DataAsync(stream, body, end: true);
        }

        return stream;
    }

    /// <summary>The same, and what the server says to it.</summary>
    public async Task<Http2Answer> AskAsync(IEnumerable<(string Name, string Value)> fields, string? body) =>
        await AnswerAsync(await SendAsync(fields, body));

    /// <summary>Opens a stream with its header.</summary>
    public Task<int> BeginAsync(IEnumerable<(string Name, string Value)> fields, bool end = false) =>
        BeginAsync(HeaderBlock.Write(fields), Http2Frame.EndHeaders | (end ? Http2Frame.EndStream : 0));

    public async Task<int> BeginAsync(byte[] block, int flags)
    {
        var stream = _next;
        _next += 2;
        lock (_gate)
        {
            _answers[stream] = new Http2Answer();
            _windows[stream] = _initialWindow;
        }

        await WriteAsync(new Http2Frame(Http2FrameType.Headers, flags, stream, block));
        return stream;
    }

    /// <summary>Sends as the windows of the server allow; what is left when the stream is over stays unsent.</summary>
    public async Task DataAsync(int stream, string body, bool end)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var sent = 0;
        do
        {
            var size = 0;
            await UntilAsync(() => Answer(stream).IsOver || bytes.Length == 0
                || (size = Math.Min(Math.Min(_windows[0], _windows[stream]), bytes.Length - sent)) > 0);
            if (Answer(stream).IsOver)
            {
                return;
            }

            size = Math.Min(size, LargestFrame);
            lock (_gate)
            {
                _windows[0] -= size;
                _windows[stream] -= size;
            }

            var isLast = end && sent + size == bytes.Length;
            await WriteAsync(new Http2Frame(
                Http2FrameType.Data, isLast ? Http2Frame.EndStream : 0, stream, bytes[sent..(sent + size)]));
            sent += size;
        }
        while (sent < bytes.Length);
    }

    /// <summary>Fields behind the body.</summary>
    public Task TrailersAsync(int stream, params (string Name, string Value)[] fields) => WriteAsync(new Http2Frame(
        Http2FrameType.Headers, Http2Frame.EndHeaders | Http2Frame.EndStream, stream, HeaderBlock.Write(fields)));

    public Task ResetAsync(int stream) => WriteAsync(new Http2Frame(
        Http2FrameType.Reset, 0, stream, Http2Frame.FromNumber(Http2ErrorCode.Cancel)));

    /// <summary>Completes when everything that was written before has been read, or the connection is closed.</summary>
    public async Task PingAsync()
    {
        var before = _pings;
        await WriteAsync(new Http2Frame(Http2FrameType.Ping, 0, 0, new byte[8]));
        await UntilAsync(() => _pings > before);
    }

    public async Task WriteAsync(Http2Frame frame)
    {
        await _writing.WaitAsync(_patience.Token);
        try
        {
            await _stream.WriteAsync(frame.ToBytes(), _patience.Token);
        }
        catch (IOException)
        {
            // The server has closed; whoever waits for an answer sees it.
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>What came on a stream once it is over, by whatever side, or the connection is.</summary>
    public async Task<Http2Answer> AnswerAsync(int stream)
    {
        await UntilAsync(() => Answer(stream).IsOver);
        return Answer(stream);
    }

    /// <summary>Completes when this holds, or the connection is closed.</summary>
    public async Task UntilAsync(Func<bool> holds)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (holds() || IsClosed)
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(_patience.Token);
        }
    }

    public Http2Answer Answer(int stream)
    {
        lock (_gate)
        {
            return _answers[stream];
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Close();
        await _reading;
        await _stream.DisposeAsync();
        _writing.Dispose();
        _patience.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            while (true)
            {
                var frame = await Http2Frame.ReadAsync(_stream, _patience.Token);
                Change(() => Take(frame));
                if (frame.Type is Http2FrameType.Settings or Http2FrameType.Ping && !frame.Has(Http2Frame.Acknowledged))
                {
                    await WriteAsync(frame with
                    {
                        Flags = Http2Frame.Acknowledged,
                        Payload = frame.Type == Http2FrameType.Ping ? frame.Payload : [],
                    });
                }
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            Change(() => IsClosed = true);
        }
    }

    private void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            change();
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }

    private void Take(Http2Frame frame)
    {
        switch (frame.Type)
        {
            case Http2FrameType.Settings:
                TakeSettings(frame);
                break;
            case Http2FrameType.WindowUpdate when _windows.ContainsKey(frame.Stream):
                _windows[frame.Stream] += frame.Number();
                break;
            case Http2FrameType.Goaway:
                Goaway = frame.Number(4);
                break;
            case Http2FrameType.Ping when frame.Has(Http2Frame.Acknowledged):
                _pings++;
                break;
            default:
                if (_answers.TryGetValue(frame.Stream, out var answer))
                {
                    answer.Add(frame);
                }

                break;
        }
    }

    private void TakeSettings(Http2Frame frame)
    {
        const int streamsMax = 3;
        const int initialWindow = 4;
        for (var offset = 0; offset < frame.Payload.Length; offset += 6)
        {
            var value = frame.Number(offset + 2);
            switch ((frame.Payload[offset] << 8) | frame.Payload[offset + 1])
            {
                case streamsMax:
                    StreamsMax = value;
                    break;
                case initialWindow:
                    foreach (var stream in _windows.Keys.Where(stream => stream != 0).ToList())
                    {
                        _windows[stream] += value - _initialWindow;
                    }

                    _initialWindow = value;
                    break;
            }
        }
    }
}
