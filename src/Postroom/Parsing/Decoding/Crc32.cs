using System.Buffers.Binary;

namespace Postroom.Parsing.Decoding;

/// <summary>The checksum of gzip (RFC 1952 §8), eight bytes at a time by as many tables.</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private const int Slices = 8;
    private const int TableLength = 256;

    private static readonly uint[] Tables = MakeTables();

    /// <param name="checksum">The checksum of what came before; 0 at the start.</param>
    /// <param name="bytes">What follows.</param>
    public static uint Append(uint checksum, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<uint> tables = Tables;
        var crc = ~checksum;
        while (bytes.Length >= Slices)
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = tables[(7 * TableLength) + (byte)low] ^ tables[(6 * TableLength) + (byte)(low >> 8)]
                ^ tables[(5 * TableLength) + (byte)(low >> 16)] ^ tables[(4 * TableLength) + (byte)(low >> 24)]
                ^ tables[(3 * TableLength) + (byte)high] ^ tables[(2 * TableLength) + (byte)(high >> 8)]
                ^ tables[TableLength + (byte)(high >> 16)] ^ tables[(byte)(high >> 24)];
            bytes = bytes[Slices..];
        }

        foreach (var next in bytes)
        {
            crc = tables[(byte)(crc ^ next)] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint[] MakeTables()
    {
        var tables = new uint[Slices * TableLength];
        for (uint index = 0; index < TableLength; index++)
        {
            var crc = index;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : Polynomial ^ (crc >> 1);
            }

            tables[index] = crc;
        }

        for (var index = TableLength; index < tables.Length; index++)
        {
            var before = tables[index - TableLength];
            tables[index] = tables[(byte)before] ^ (before >> 8);
        }

        return tables;
    }
}
