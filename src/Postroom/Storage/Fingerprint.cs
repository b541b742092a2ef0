using System.Buffers.Binary;

namespace Postroom.Storage;

/// <summary>
/// A SHA-256 of what a POST asks for: two requests are the same request when their fingerprints are equal.
/// </summary>
public readonly record struct Fingerprint(ulong First, ulong Second, ulong Third, ulong Fourth)
{
    /// <summary>Bytes of a fingerprint in binary form.</summary>
    public const int Size = 32;

    /// <summary>Takes the 32 bytes of a digest.</summary>
    public static Fingerprint Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt64BigEndian(bytes),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]));

    /// <summary>Writes the fingerprint as 32 bytes.</summary>
    public void WriteTo(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, First);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Second);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], Third);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[24..], Fourth);
    }
}
