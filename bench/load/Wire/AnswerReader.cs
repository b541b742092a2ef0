using System.Buffers.Text;
using System.Text;

namespace Postroom.Load.Wire;

/// <summary>
/// The least of HTTP/1.1 that tells where an answer ends: status, then Content-Length or chunked (RFC 9112 §6.3, §7.1).
/// </summary>
internal static class AnswerReader
{
    private const int StatusOffset = 9;

    internal static AnswerState Read(ReadOnlySpan<byte> received, out int status, out int length)
    {
        status = 0;
        length = 0;
        var headEnd = received.IndexOf("\r\n\r\n"u8);
        if (headEnd < 0)
        {
            return AnswerState.Incomplete;
        }

        var head = received[..(headEnd + 2)];
        if (!head.StartsWith("HTTP/1."u8) || !TryReadStatus(head, out status))
        {
            return AnswerState.Malformed;
        }

        var bodyStart = headEnd + 4;
        switch (ReadFraming(head, out var bodyLength))
        {
            case Framing.Length:
                length = bodyStart + bodyLength;
                return received.Length >= length ? AnswerState.Complete : AnswerState.Incomplete;
            case Framing.Chunked:
                var state = ReadChunks(received[bodyStart..], out var chunkedLength);
                length = bodyStart + chunkedLength;
                return state;
            default:
                // Without either the body would end with the connection, which a keep-alive server never does.
                return AnswerState.Malformed;
        }
    }

    private static bool TryReadStatus(ReadOnlySpan<byte> head, out int status)
    {
        status = 0;
        return head.Length > StatusOffset + 3
            && Utf8Parser.TryParse(head.Slice(StatusOffset, 3), out status, out var used)
            && used == 3;
    }

    private static Framing ReadFraming(ReadOnlySpan<byte> head, out int length)
    {
        length = 0;
        var framing = Framing.None;
        while (!head.IsEmpty)
        {
            var lineEnd = head.IndexOf((byte)'\n');
            var line = head[..lineEnd];
            head = head[(lineEnd + 1)..];
            var first = line[0] | 0x20;
            if (first == 'c' && TryValue(line, "content-length:"u8, out var value))
            {
                return Utf8Parser.TryParse(value, out length, out _) && length >= 0 ? Framing.Length : Framing.None;
            }

            if (first == 't' && TryValue(line, "transfer-encoding:"u8, out value)
                && Ascii.EqualsIgnoreCase(value, "chunked"u8))
            {
                framing = Framing.Chunked;
            }
        }

        return framing;
    }

    private static bool TryValue(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (line.Length < name.Length || !Ascii.EqualsIgnoreCase(line[..name.Length], name))
        {
            return false;
        }

        value = line[name.Length..].Trim(" \t\r"u8);
        return true;
    }

    private static AnswerState ReadChunks(ReadOnlySpan<byte> body, out int length)
    {
        length = 0;
        while (true)
        {
            var lineEnd = body[length..].IndexOf("\r\n"u8);
            if (lineEnd < 0)
            {
                return AnswerState.Incomplete;
            }

            if (!Utf8Parser.TryParse(body.Slice(length, lineEnd), out int size, out var used, 'x') || used == 0
                || size < 0)
            {
                return AnswerState.Malformed;
            }

            length += lineEnd + 2 + size + 2;
            if (length > body.Length)
            {
                return AnswerState.Incomplete;
            }

            if (!body[(length - 2)..length].SequenceEqual("\r\n"u8))
            {
                return AnswerState.Malformed;
            }

            if (size == 0)
            {
                return AnswerState.Complete;
            }
        }
    }

    private enum Framing
    {
        None,
        Length,
        Chunked,
    }
}
