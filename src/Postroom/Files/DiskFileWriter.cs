using System.Buffers;
using Microsoft.Win32.SafeHandles;
using Postroom.Storage;

namespace Postroom.Files;

/// <summary>Writes one file of the local disk.</summary>
internal sealed class DiskFileWriter : FileWriter
{
    private readonly string _path;
    private readonly Action _closed;
    private readonly SafeFileHandle _handle;

    public DiskFileWriter(string path, Action closed)
    {
        _path = path;
        _closed = closed;
        _handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_handle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    protected override async ValueTask WriteBytesAsync(ReadOnlySequence<byte> bytes, long offset)
    {
        try
        {
            await (bytes.IsSingleSegment
                ? RandomAccess.WriteAsync(_handle, bytes.First, offset)
                : RandomAccess.WriteAsync(_handle, Parts(bytes), offset));
        }
        catch (IOException failure) when (DiskSpace.IsShort(failure))
        {
            throw new StorageFullException(failure);
        }
    }

    protected override async ValueTask MakeDurableAsync()
    {
        try
        {
            // A sync takes milliseconds, in which the thread that serves connections has better things to do.
            await Task.Run(() =>
            {
                RandomAccess.FlushToDisk(_handle);
                FolderSync.Run(Path.GetDirectoryName(_path)!);
            });
        }
        catch (IOException failure) when (DiskSpace.IsShort(failure))
        {
            throw new StorageFullException(failure);
        }
    }

    protected override ValueTask CloseAsync()
    {
        _handle.Dispose();
        if (!IsComplete)
        {
            File.Delete(_path);
        }

        _closed();
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
