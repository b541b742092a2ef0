using System.Buffers;
using Postroom.Storage;

namespace Postroom.Tests.Parsing.Uploads;

/// <summary>Writes as long as its disk has space.</summary>
internal sealed class FullDiskWriter(FullDisk disk, FileWriter inner) : FileWriter
{
    protected override ValueTask WriteBytesAsync(ReadOnlySequence<byte> bytes, long offset)
    {
        if (bytes.Length > disk.BytesLeft)
        {
            throw new StorageFullException(new IOException("full"));
        }

        disk.BytesLeft -= bytes.Length;
        return inner.WriteAsync(bytes);
    }

    protected override ValueTask MakeDurableAsync()
    {
        inner.End();
        return inner.CompleteAsync();
    }

    protected override ValueTask CloseAsync() => inner.DisposeAsync();
}
