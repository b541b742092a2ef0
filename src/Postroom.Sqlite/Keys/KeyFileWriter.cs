using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Postroom.Files;

namespace Postroom.Sqlite.Keys;

/// <summary>Writes a generation's file: under a name of its own, synced, renamed, and the folder synced.</summary>
internal static class KeyFileWriter
{
    public const string UnfinishedSuffix = ".new";

    /// <summary>Writes the file of a generation over any earlier one.</summary>
    /// <returns>What is true of the file: the count of keys may be lower than that of the table.</returns>
    /// <exception cref="IOException">The disk refused.</exception>
    public static GenerationFacts Write(string folder, FrozenKeys generation)
    {
        var keys = generation.Table.ToSortedArray();
        var facts = generation.Facts with { Keys = keys.Length };
        var path = KeyFile.Path(folder, facts.Number);
        var unfinished = path + UnfinishedSuffix;
        using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20))
        {
            WriteHead(file, facts);
            var (fences, filter) = WriteBlocks(file, keys);
            WriteTables(file, fences, filter);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
        FolderSync.Run(folder);
        return facts;
    }

    private static void WriteHead(FileStream file, GenerationFacts facts)
    {
        Span<byte> block = stackalloc byte[KeyFile.BlockBytes];
        block.Clear();
        KeyFile.WriteHead(block[..KeyFile.HeadBytes], facts);
        file.Write(block);
    }

    private static (ulong[] Fences, BlockedBloomFilter Filter) WriteBlocks(FileStream file, KeyRow[] keys)
    {
        Span<byte> block = stackalloc byte[KeyFile.BlockBytes];
        var fences = new ulong[KeyFile.Blocks(keys.Length)];
        var filter = BlockedBloomFilter.For(keys.Length);
        for (var number = 0; number < fences.Length; number++)
        {
            var first = number * KeyFile.RecordsOfBlock;
            var records = keys.AsSpan(first, Math.Min(KeyFile.RecordsOfBlock, keys.Length - first));
            block.Clear();
            for (var i = 0; i < records.Length; i++)
            {
                KeyFile.WriteRecord(block, i, records[i]);
                filter.Add(records[i].Key);
            }

            KeyFile.SealBlock(block);
            fences[number] = records[0].Key.High;
            file.Write(block);
        }

        return (fences, filter);
    }

    private static void WriteTables(FileStream file, ulong[] fences, BlockedBloomFilter filter)
    {
        var first = MemoryMarshal.AsBytes(fences.AsSpan());
        var second = MemoryMarshal.AsBytes(filter.Words.AsSpan());
        Span<byte> checksum = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, KeyFile.Checksum(KeyFile.Checksum(0, first), second));
        file.Write(first);
        file.Write(second);
        file.Write(checksum);
    }
}
