using Postroom.Storage;

namespace Postroom.Sqlite.Tests;

/// <summary>Bits that are the same in every run.</summary>
internal sealed class SeededEntropy(int seed) : EntropySource
{
    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);

    public override void Fill(Span<byte> bytes)
    {
        lock (_lock)
        {
            _random.NextBytes(bytes);
        }
    }

    public override ulong NextUInt64()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        Fill(bytes);
        return BitConverter.ToUInt64(bytes);
    }
}
