using System.Buffers.Binary;

namespace Postroom.Tests.Http2;

/// <summary>One frame (RFC 9113 §4.1).</summary>
internal sealed record Http2Frame(Http2FrameType Type, int Flags, int Stream, byte[] Payload)
{
    public const int EndStream = 1;

    public const int Acknowledged = 1;

    public const int EndHeaders = 4;

    public const int HeadLength = 9;

    public bool Has(int flag) => (Flags & flag) != 0;

    /// <summary>Four bytes of the payload, as error codes and window sizes are.</summary>
    public int Number(int offset = 0) => BinaryPrimitives.ReadInt32BigEndian(Payload.AsSpan(offset));

    public byte[] ToBytes()
    {
        var bytes = new byte[HeadLength + Payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(bytes, (Payload.Length << 8) | (int)Type);
        bytes[4] = (byte)Flags;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(5), Stream);
        Payload.CopyTo(bytes, HeadLength);
        return bytes;
    }

    public static async Task<Http2Frame> ReadAsync(Stream stream, CancellationToken cancel)
    {
        var head = new byte[HeadLength];
        await stream.ReadExactlyAsync(head, cancel);
        var payload = new byte[BinaryPrimitives.ReadInt32BigEndian(head) >> 8];
        await stream.ReadExactlyAsync(payload, cancel);
        var number = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)) & int.MaxValue;
        return new Http2Frame((Http2FrameType)head[3], head[4], number, payload);
    }

    public static byte[] FromNumber(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }
}
