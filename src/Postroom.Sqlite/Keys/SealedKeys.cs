using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Postroom.Storage;

namespace Postroom.Sqlite.Keys;

/// <summary>
/// A generation in its file: the filter and the first key of each block in memory, the rest read when it may match.
/// </summary>
internal sealed class SealedKeys : KeyGeneration, IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly ulong[] _fences;
    private readonly BlockedBloomFilter _filter;

    private SealedKeys(GenerationFacts facts, SafeFileHandle file, ulong[] fences, BlockedBloomFilter filter)
        : base(facts)
    {
        _file = file;
        _fences = fences;
        _filter = filter;
    }

    /// <summary>Opens the file of a generation.</summary>
    /// <exception cref="KeyFileException">It is missing, damaged, or another's.</exception>
    public static SealedKeys Open(string folder, GenerationFacts facts)
    {
        SafeFileHandle? file = null;
        try
        {
            file = File.OpenHandle(KeyFile.Path(folder, facts.Number), options: FileOptions.RandomAccess);
            return Open(file, facts);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or KeyFileException)
        {
            file?.Dispose();
            throw new KeyFileException($"The key file {facts.Number} cannot be used: {failure.Message}", failure);
        }
    }

    public override long Find(in KeyProbe probe) => _filter.MayHold(probe) ? FindInFile(probe.Key) : 0;

    public void Dispose() => _file.Dispose();

    private static SealedKeys Open(SafeFileHandle file, GenerationFacts facts)
    {
        Span<byte> head = stackalloc byte[KeyFile.HeadBytes];
        if (RandomAccess.GetLength(file) != KeyFile.Length(facts.Keys)
            || RandomAccess.Read(file, head, 0) != head.Length || !KeyFile.IsHeadOf(head, facts))
        {
            throw new KeyFileException("its head is not the one that the database knows");
        }

        var fences = new ulong[KeyFile.Blocks(facts.Keys)];
        var words = new uint[BlockedBloomFilter.WordCount(facts.Keys)];
        var first = MemoryMarshal.AsBytes(fences.AsSpan());
        var second = MemoryMarshal.AsBytes(words.AsSpan());
        Span<byte> checksum = stackalloc byte[sizeof(uint)];
        var at = KeyFile.BlockBytes * (1L + fences.Length);
        ReadWhole(file, first, at);
        ReadWhole(file, second, at + first.Length);
        ReadWhole(file, checksum, at + first.Length + second.Length);
        return BinaryPrimitives.ReadUInt32LittleEndian(checksum) == KeyFile.Checksum(KeyFile.Checksum(0, first), second)
            ? new SealedKeys(facts, file, fences, BlockedBloomFilter.Over(words))
            : throw new KeyFileException("its tables are damaged");
    }

    private static void ReadWhole(SafeFileHandle file, Span<byte> bytes, long at)
    {
        while (bytes.Length > 0)
        {
            var read = RandomAccess.Read(file, bytes, at);
            if (read == 0)
            {
                throw new KeyFileException("it ends too early");
            }

            bytes = bytes[read..];
            at += read;
        }
    }

    private long FindInFile(KeyHash key)
    {
        // The last block whose first key is not above this one; where first keys begin alike, the one before it as
        // well.
        for (var block = LastNotAbove(key.High); block >= 0; block--)
        {
            var row = FindIn(block, key);
            if (row != 0 || _fences[block] != key.High)
            {
                return row;
            }
        }

        return 0;
    }

    private int LastNotAbove(ulong high)
    {
        var index = Array.BinarySearch(_fences, high);
        if (index < 0)
        {
            return ~index - 1;
        }

        while (index + 1 < _fences.Length && _fences[index + 1] == high)
        {
            index++;
        }

        return index;
    }

    private long FindIn(int number, KeyHash key)
    {
        Span<byte> block = stackalloc byte[KeyFile.BlockBytes];
        Read(number, block);
        var low = 0;
        var high = (int)Math.Min(KeyFile.RecordsOfBlock, Facts.Keys - ((long)number * KeyFile.RecordsOfBlock)) - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = KeyFile.KeyAt(block, middle).CompareTo(key);
            if (order == 0)
            {
                return KeyFile.RowAt(block, middle);
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return 0;
    }

    private void Read(int number, Span<byte> block)
    {
        try
        {
            ReadWhole(_file, block, KeyFile.BlockBytes * (1L + number));
        }
        catch (IOException failure)
        {
            throw new KeyFileException($"The key file {Facts.Number} cannot be read: {failure.Message}", failure);
        }

        if (!KeyFile.IsBlockWhole(block))
        {
            throw new KeyFileException($"The key file {Facts.Number} is damaged.");
        }
    }
}
