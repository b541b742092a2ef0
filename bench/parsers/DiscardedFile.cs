using System.Buffers;
using Postroom.Storage;

namespace Postroom.Bench.Parsers;

/// <summary>A file of <see cref="DiscardedFiles"/>.</summary>
internal sealed class DiscardedFile : FileWriter
{
    protected override ValueTask WriteBytesAsync(ReadOnlySequence<byte> bytes, long offset) => default;

    protected override ValueTask MakeDurableAsync() => default;

    protected override ValueTask CloseAsync() => default;
}
