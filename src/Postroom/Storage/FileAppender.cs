using System.Buffers;

namespace Postroom.Storage;

/// <summary>
/// Takes further bytes of a file that comes in several requests. One call at a time; nothing that it has not flushed
/// counts. A store keeps at most <see cref="BufferMax"/> bytes of it in memory.
/// </summary>
public abstract class FileAppender : IAsyncDisposable
{
    /// <summary>
    /// Bytes that a store may hold in memory for one appender: a part of an object store, and one more.
    /// </summary>
    public const int BufferMax = 16 * 1024 * 1024;

    /// <summary>Begins where the last flush ended.</summary>
    protected FileAppender(GrowingFile durable) => (Durable, Size) = (durable, durable.Size);

    /// <summary>What the last flush made durable.</summary>
    public GrowingFile Durable { get; private set; }

    /// <summary>Bytes of the file so far, durable or not.</summary>
    public long Size { get; private set; }

    /// <summary>Adds bytes. They are not held when it returns.</summary>
    /// <exception cref="StorageFullException">There is no space; the file is as it was at the last flush.</exception>
    public async ValueTask WriteAsync(ReadOnlySequence<byte> bytes)
    {
        await WriteBytesAsync(bytes, Size);
        Size += bytes.Length;
    }

    /// <summary>
    /// Brings all bytes so far to stable storage. They count once what it returns is committed; until then whoever goes
    /// on from an earlier state still can.
    /// </summary>
    /// <exception cref="StorageFullException">There is no space; the file is as it was at the last flush.</exception>
    public async ValueTask<GrowingFile> FlushAsync()
    {
        if (Size > Durable.Size)
        {
            Durable = await MakeDurableAsync(Durable with { Size = Size });
        }

        return Durable;
    }

    /// <summary>Lets go of the file. What was not flushed may be lost.</summary>
    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Takes bytes that belong at that offset, which is where the last ones ended.</summary>
    protected abstract ValueTask WriteBytesAsync(ReadOnlySequence<byte> bytes, long offset);

    /// <summary>Brings everything to stable storage, and says what is needed to go on from there.</summary>
    /// <param name="next">The file with its new size and its state so far.</param>
    protected abstract ValueTask<GrowingFile> MakeDurableAsync(GrowingFile next);

    /// <summary>Lets go of what it holds.</summary>
    protected abstract ValueTask CloseAsync();
}
