using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;

namespace Postroom.Load.Wire;

/// <summary>
/// Request number n, always the same bytes for the same seed: a contact message that no other number has, under a
/// random version 4 UUID as its key. Only the places that differ are written; the rest of the template stands.
/// </summary>
internal sealed class RequestStream
{
    private const int KeyLength = 36;
    private const int DigitsLength = 10;
    private static readonly StandardFormat s_digits = new('D', DigitsLength);

    private readonly byte[] _bytes;
    private readonly int _keyOffset;
    private readonly int[] _digitOffsets;
    private readonly ulong _seed;

    internal RequestStream(string path, int port, ulong seed)
    {
        _seed = Mix(seed);
        var key = new string('K', KeyLength);
        var digits = new string('#', DigitsLength);
        var body =
            $$"""{"name":"Ada Lovelace {{digits}}","email":"ada.{{digits}}@example.com","message":"Good morning. """
            + "I would like to know whether the engine can be seen on a weekday, and how far ahead a visit has to be "
            + $$"""booked. We would be about twelve people. Reference {{digits}}."}""";
        var head =
            $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: application/json\r\n"
            + $"Content-Type: application/json\r\nIdempotency-Key: {key}\r\nContent-Length: {body.Length}\r\n\r\n";
        BodyLength = body.Length;
        HeadLength = head.Length;
        _bytes = GC.AllocateUninitializedArray<byte>(head.Length + body.Length, pinned: true);
        Encoding.ASCII.GetBytes(head + body, _bytes);
        _keyOffset = head.IndexOf(key, StringComparison.Ordinal);
        _digitOffsets = FindAll(head + body, digits);
    }

    internal int BodyLength { get; }

    internal int HeadLength { get; }

    internal ReadOnlySpan<byte> Write(long sequence)
    {
        KeyOf(sequence).TryFormat(_bytes.AsSpan(_keyOffset), out _, "D");
        foreach (var offset in _digitOffsets)
        {
            Utf8Formatter.TryFormat(sequence, _bytes.AsSpan(offset), out _, s_digits);
        }

        return _bytes;
    }

    internal Guid KeyOf(long sequence)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Mix(_seed + ((ulong)sequence * 2)));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], Mix(_seed + ((ulong)sequence * 2) + 1));
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40); // RFC 9562 §5.4: version 4
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80); // and its variant
        return new Guid(bytes, bigEndian: true);
    }

    // The output function of SplitMix64: a counter in, 64 evenly spread bits out.
    private static ulong Mix(ulong counter)
    {
        var value = (counter + 1) * 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    private static int[] FindAll(string text, string part)
    {
        var offsets = new List<int>();
        for (var at = text.IndexOf(part, StringComparison.Ordinal); at >= 0;
            at = text.IndexOf(part, at + 1, StringComparison.Ordinal))
        {
            offsets.Add(at);
        }

        return [.. offsets];
    }
}
