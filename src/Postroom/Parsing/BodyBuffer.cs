using System.Buffers;
using Postroom.Exchange;
using Postroom.Faults;

namespace Postroom.Parsing;

/// <summary>Reads a whole body into one rented buffer, within its limit.</summary>
internal static class BodyBuffer
{
    // What a stranger says of his length is no reason to set so much aside: the buffer grows with what has come.
    private const int FirstBytes = BodyMemory.FreeBytes;

    public static async ValueTask<(ReadOnlyMemory<byte> Body, Fault? Fault)> ReadAsync(
        PostExchange exchange, BodyMemory memory)
    {
        var limit = BodySource.LimitOf(exchange);
        var source = BodySource.Open(exchange, exchange.Plan.Declaration.Limits.Body);
        var buffer = ArrayPool<byte>.Shared.Rent(
            (int)Math.Min(exchange.Http.Request.ContentLength ?? 1024, FirstBytes));
        var length = 0;
        try
        {
            while (true)
            {
                var result = await source.ReadAsync(CancellationToken.None);
                if (length + result.Buffer.Length > limit)
                {
                    source.AdvanceTo(result.Buffer.End);
                    return (default, BodyLimit.Exceeded(limit, null));
                }

                if (exchange.Hold(memory, length + result.Buffer.Length) is { } full)
                {
                    source.AdvanceTo(result.Buffer.End);
                    return (default, full);
                }

                buffer = Grow(buffer, length, (int)result.Buffer.Length);
                result.Buffer.CopyTo(buffer.AsSpan(length));
                length += (int)result.Buffer.Length;
                source.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted)
                {
                    exchange.BodyIsRead = true;
                    return (buffer.AsMemory(0, length), null);
                }
            }
        }
        catch (Exception exception) when (BodySource.FaultOf(exception, exchange) is { } fault)
        {
            return (default, fault);
        }
        finally
        {
            exchange.Keep(buffer);
        }
    }

    private static byte[] Grow(byte[] buffer, int length, int more)
    {
        if (length + more <= buffer.Length)
        {
            return buffer;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(length + more, buffer.Length * 2));
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
