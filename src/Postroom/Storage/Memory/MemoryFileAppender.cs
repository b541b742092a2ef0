using System.Buffers;

namespace Postroom.Storage.Memory;

internal sealed class MemoryFileAppender(
    GrowingFile begun, MemoryFile file, TimeProvider time) : FileAppender(begun)
{
    protected override ValueTask WriteBytesAsync(ReadOnlySequence<byte> bytes, long offset)
    {
        file.Append(bytes, time.GetUtcNow());
        return default;
    }

    protected override ValueTask<GrowingFile> MakeDurableAsync(GrowingFile next) => new(next);

    protected override ValueTask CloseAsync()
    {
        file.Writers--;
        return default;
    }
}
