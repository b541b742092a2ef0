using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using Postroom.Storage;

namespace Postroom.Sqlite.Keys;

/// <summary>
/// The form of a key file: a head block; blocks of sorted keys with their rows; the first eight bytes of each block's
/// first key; the filter. Each part ends with a CRC-32C. Numbers are little-endian, keys in network order.
/// </summary>
internal static class KeyFile
{
    public const int BlockBytes = 4096;
    public const int RecordBytes = KeyHash.Size + sizeof(long);
    public const int RecordsOfBlock = (BlockBytes - sizeof(uint)) / RecordBytes;
    public const int HeadBytes = 64;

    private const ulong Magic = 0x3159_454B_5453_4F50; // "POSTKEY1"
    private const int RecordsEnd = RecordsOfBlock * RecordBytes;

    /// <summary>The file of a generation.</summary>
    public static string Path(string folder, long number) =>
        System.IO.Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"keys-{number}.idx"));

    /// <summary>How many blocks so many keys take.</summary>
    public static int Blocks(long keys) => checked((int)((keys + RecordsOfBlock - 1) / RecordsOfBlock));

    /// <summary>How long the file of so many keys is.</summary>
    public static long Length(long keys) =>
        BlockBytes + ((long)Blocks(keys) * (BlockBytes + sizeof(ulong)))
        + ((long)BlockedBloomFilter.WordCount(keys) * sizeof(uint)) + sizeof(uint);

    public static void WriteHead(Span<byte> head, GenerationFacts facts)
    {
        head.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(head, Magic);
        BinaryPrimitives.WriteInt64LittleEndian(head[8..], facts.Number);
        BinaryPrimitives.WriteInt64LittleEndian(head[16..], facts.Keys);
        BinaryPrimitives.WriteInt64LittleEndian(head[24..], facts.FirstRow);
        BinaryPrimitives.WriteInt64LittleEndian(head[32..], facts.LastRow);
        BinaryPrimitives.WriteInt64LittleEndian(head[40..], facts.NewestExpiry);
        BinaryPrimitives.WriteUInt32LittleEndian(head[(HeadBytes - 4)..], Checksum(0, head[..(HeadBytes - 4)]));
    }

    /// <summary>True when the head is whole and says what the database says.</summary>
    public static bool IsHeadOf(ReadOnlySpan<byte> head, GenerationFacts facts)
    {
        Span<byte> expected = stackalloc byte[HeadBytes];
        WriteHead(expected, facts);
        return head[..HeadBytes].SequenceEqual(expected);
    }

    public static void WriteRecord(Span<byte> block, int index, KeyRow key)
    {
        var record = block.Slice(index * RecordBytes, RecordBytes);
        key.Key.WriteTo(record);
        BinaryPrimitives.WriteInt64LittleEndian(record[KeyHash.Size..], key.Row);
    }

    public static KeyHash KeyAt(ReadOnlySpan<byte> block, int index) => KeyHash.Read(block[(index * RecordBytes)..]);

    public static long RowAt(ReadOnlySpan<byte> block, int index) =>
        BinaryPrimitives.ReadInt64LittleEndian(block[((index * RecordBytes) + KeyHash.Size)..]);

    public static void SealBlock(Span<byte> block) =>
        BinaryPrimitives.WriteUInt32LittleEndian(block[RecordsEnd..], Checksum(0, block[..RecordsEnd]));

    public static bool IsBlockWhole(ReadOnlySpan<byte> block) =>
        BinaryPrimitives.ReadUInt32LittleEndian(block[RecordsEnd..]) == Checksum(0, block[..RecordsEnd]);

    /// <summary>The CRC-32C of the bytes, going on from that of those before.</summary>
    public static uint Checksum(uint before, ReadOnlySpan<byte> bytes)
    {
        var checksum = ~before;
        while (bytes.Length >= sizeof(ulong))
        {
            checksum = BitOperations.Crc32C(checksum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var value in bytes)
        {
            checksum = BitOperations.Crc32C(checksum, value);
        }

        return ~checksum;
    }
}
