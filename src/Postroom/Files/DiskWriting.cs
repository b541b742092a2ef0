using System.Buffers;
using Microsoft.Win32.SafeHandles;
using Postroom.Storage;

namespace Postroom.Files;

/// <summary>
/// Writes to one open file and has it synced. It owns the handle. A full disk is told from a broken one here.
/// </summary>
internal sealed class DiskWriting(SafeFileHandle handle) : IAsyncDisposable
{
    public async ValueTask WriteAsync(ReadOnlySequence<byte> bytes, long offset)
    {
        try
        {
            await (bytes.IsSingleSegment
                ? RandomAccess.WriteAsync(handle, bytes.First, offset)
                : RandomAccess.WriteAsync(handle, Parts(bytes), offset));
        }
        catch (IOException failure) when (DiskSpace.IsShort(failure))
        {
            throw new StorageFullException(failure);
        }
    }

    /// <summary>Brings the file to stable storage, and then the names of its folder where one is given.</summary>
    public async ValueTask FlushAsync(string? folder)
    {
        try
        {
            // A sync takes milliseconds, in which the thread that serves connections has better things to do.
            await Task.Run(() =>
            {
                RandomAccess.FlushToDisk(handle);
                if (folder is not null)
                {
                    FolderSync.Run(folder);
                }
            });
        }
        catch (IOException failure) when (DiskSpace.IsShort(failure))
        {
            throw new StorageFullException(failure);
        }
    }

    public ValueTask DisposeAsync()
    {
        handle.Dispose();
        return default;
    }

    private static List<ReadOnlyMemory<byte>> Parts(ReadOnlySequence<byte> bytes)
    {
        var parts = new List<ReadOnlyMemory<byte>>();
        foreach (var part in bytes)
        {
            parts.Add(part);
        }

        return parts;
    }
}
