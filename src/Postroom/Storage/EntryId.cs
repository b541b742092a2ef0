using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Postroom.Storage;

/// <summary>
/// The public id of an entry: a UUID version 7 (RFC 9562 §5.7) whose 48-bit millisecond time and 12-bit counter are
/// unique and rising in one store, so that they serve as the row number and no second index is needed.
/// The other 62 bits are random: knowing one id tells nothing of the next.
/// </summary>
public readonly record struct EntryId(ulong High, ulong Low) : IComparable<EntryId>
{
    /// <summary>Bytes of an id in binary form.</summary>
    public const int Size = 16;

    /// <summary>Characters of an id as text: 32 hexadecimal digits in lower case with four hyphens.</summary>
    public const int TextLength = 36;

    /// <summary>The row number: 48 bits of Unix milliseconds, then 12 bits of counter.</summary>
    public long Row => (long)(((High >> 16) << 12) | (High & 0xFFF));

    /// <summary>
    /// When the id was made, in Unix milliseconds; the store's clock never goes back, so it may run ahead.
    /// </summary>
    public long Milliseconds => (long)(High >> 16);

    /// <summary>True for the id that no entry has.</summary>
    public bool IsEmpty => High == 0 && Low == 0;

    /// <summary>Makes an id from its row number and 64 random bits, of which 62 are used.</summary>
    public static EntryId FromRow(long row, ulong random)
    {
        var milliseconds = (ulong)row >> 12;
        var counter = (ulong)row & 0xFFF;
        return new EntryId((milliseconds << 16) | 0x7000 | counter, 0x8000_0000_0000_0000 | (random >> 2));
    }

    /// <summary>Reads the 16 bytes that <see cref="WriteTo"/> wrote (network order).</summary>
    public static EntryId Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));

    /// <summary>Writes the id as 16 bytes in network order.</summary>
    public void WriteTo(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Low);
    }

    /// <summary>The id as 16 bytes in network order.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        WriteTo(bytes);
        return bytes;
    }

    /// <summary>Reads the hyphenated text form, in either case. Nothing else is accepted.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out EntryId id)
    {
        id = default;
        if (!Guid.TryParseExact(text, "D", out var guid))
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[Size];
        guid.TryWriteBytes(bytes, bigEndian: true, out _);
        id = Read(bytes);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(EntryId other) => High != other.High ? High.CompareTo(other.High) : Low.CompareTo(other.Low);

    /// <summary>The hyphenated text form in lower case.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        WriteTo(bytes);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }

    /// <summary>Writes the hyphenated text form as 36 ASCII bytes.</summary>
    public void Format(Span<byte> ascii)
    {
        Span<byte> bytes = stackalloc byte[Size];
        WriteTo(bytes);
        new Guid(bytes, bigEndian: true).TryFormat(ascii, out _, "D");
    }

    /// <summary>Compares in the order of the bytes.</summary>
    public static bool operator <(EntryId left, EntryId right) => left.CompareTo(right) < 0;

    /// <summary>Compares in the order of the bytes.</summary>
    public static bool operator >(EntryId left, EntryId right) => left.CompareTo(right) > 0;

    /// <summary>Compares in the order of the bytes.</summary>
    public static bool operator <=(EntryId left, EntryId right) => left.CompareTo(right) <= 0;

    /// <summary>Compares in the order of the bytes.</summary>
    public static bool operator >=(EntryId left, EntryId right) => left.CompareTo(right) >= 0;
}
