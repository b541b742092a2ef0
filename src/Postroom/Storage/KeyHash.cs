using System.Buffers.Binary;

namespace Postroom.Storage;

/// <summary>
/// What an idempotency key is looked up by: the first 128 bits of a SHA-256 over the key with its scope
/// (principal, method, route). The store never sees the key itself.
/// </summary>
public readonly record struct KeyHash(ulong High, ulong Low) : IComparable<KeyHash>
{
    /// <summary>Bytes of a hash in binary form.</summary>
    public const int Size = 16;

    /// <summary>True where a POST has no key.</summary>
    public bool IsEmpty => High == 0 && Low == 0;

    /// <summary>Takes the first 16 bytes of a digest.</summary>
    public static KeyHash Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));

    /// <summary>Writes the hash as 16 bytes in network order.</summary>
    public void WriteTo(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Low);
    }

    /// <inheritdoc/>
    public int CompareTo(KeyHash other) => High != other.High ? High.CompareTo(other.High) : Low.CompareTo(other.Low);

    /// <summary>Compares in the order of the bytes.</summary>
    public static bool operator <(KeyHash left, KeyHash right) => left.CompareTo(right) < 0;

    /// <summary>Compares in the order of the bytes.</summary>
    public static bool operator >(KeyHash left, KeyHash right) => left.CompareTo(right) > 0;

    /// <summary>Compares in the order of the bytes.</summary>
    public static bool operator <=(KeyHash left, KeyHash right) => left.CompareTo(right) <= 0;

    /// <summary>Compares in the order of the bytes.</summary>
    public static bool operator >=(KeyHash left, KeyHash right) => left.CompareTo(right) >= 0;
}
