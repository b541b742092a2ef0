using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Postroom.Validation.Files;

/// <summary>
/// Has clamd look at bytes over its socket (clamd(8), INSTREAM): chunks with their lengths, an empty one at the end,
/// and one line for an answer.
/// </summary>
internal static class Scanner
{
    private const int ChunkBytes = 64 * 1024;
    private const int AnswerMax = 4096;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    /// <summary>True for a clean file, false for one with a find, null when the scanner does not say.</summary>
    public static async ValueTask<bool?> IsCleanAsync(string address, Stream bytes, TimeProvider time)
    {
        using var patience = new CancellationTokenSource(s_patience, time);
        try
        {
            using var socket = await ConnectAsync(address, patience.Token);
            await using var stream = new NetworkStream(socket);
            await stream.WriteAsync("zINSTREAM\0"u8.ToArray(), patience.Token);
            var chunk = new byte[sizeof(uint) + ChunkBytes];
            int read;
            do
            {
                read = await bytes.ReadAsync(chunk.AsMemory(sizeof(uint)), patience.Token);
                BinaryPrimitives.WriteUInt32BigEndian(chunk, (uint)read);
                await stream.WriteAsync(chunk.AsMemory(0, sizeof(uint) + read), patience.Token);
            }
            while (read > 0);

            return Verdict(await ReadAsync(stream, patience.Token));
        }
        catch (Exception failure) when (failure is SocketException or IOException or OperationCanceledException)
        {
            return null;
        }
    }

    private static async ValueTask<Socket> ConnectAsync(string address, CancellationToken cancel)
    {
        var isLocal = address.StartsWith("unix:", StringComparison.Ordinal);
        var uri = isLocal ? null : new Uri(address);
        EndPoint end = isLocal
            ? new UnixDomainSocketEndPoint(address["unix:".Length..])
            : new DnsEndPoint(uri!.Host, uri.Port);
        var socket = isLocal
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(end, cancel);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async ValueTask<string> ReadAsync(NetworkStream stream, CancellationToken cancel)
    {
        var answer = new byte[AnswerMax];
        var length = 0;
        while (length < answer.Length)
        {
            var read = await stream.ReadAsync(answer.AsMemory(length), cancel);
            if (read == 0 || answer.AsSpan(length, read).Contains((byte)0))
            {
                length += read;
                break;
            }

            length += read;
        }

        return Encoding.UTF8.GetString(answer, 0, length).TrimEnd('\0', '\n');
    }

    private static bool? Verdict(string answer) =>
        answer.EndsWith(": OK", StringComparison.Ordinal) ? true
        : answer.EndsWith(" FOUND", StringComparison.Ordinal) ? false
        : null;
}
