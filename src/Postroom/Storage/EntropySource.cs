using System.Security.Cryptography;

namespace Postroom.Storage;

/// <summary>Where unguessable bits come from; tests put a seeded one in its place.</summary>
public class EntropySource
{
    private const int BlockBytes = 512;

    [ThreadStatic]
    private static Block? t_block;

    /// <summary>The operating system's generator.</summary>
    public static EntropySource System { get; } = new();

    /// <summary>Fills the span with random bytes.</summary>
    public virtual void Fill(Span<byte> bytes) => RandomNumberGenerator.Fill(bytes);

    /// <summary>
    /// 64 random bits. The default draws them from a block of its own for each thread, never given out twice.
    /// </summary>
    public virtual ulong NextUInt64() => (t_block ??= new Block()).Next();

    private sealed class Block
    {
        private readonly byte[] _bytes = new byte[BlockBytes];
        private int _used = BlockBytes;

        public ulong Next()
        {
            if (_used == BlockBytes)
            {
                RandomNumberGenerator.Fill(_bytes);
                _used = 0;
            }

            var value = BitConverter.ToUInt64(_bytes, _used);
            _used += sizeof(ulong);
            return value;
        }
    }
}
