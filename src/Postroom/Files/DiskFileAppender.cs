using System.Buffers;
using Microsoft.Win32.SafeHandles;
using Postroom.Storage;

namespace Postroom.Files;

/// <summary>Goes on with one file of the local disk, in its last segment.</summary>
internal sealed class DiskFileAppender(
    GrowingFile file, string path, long start, SafeFileHandle handle, bool isNew, Action closed)
    : FileAppender(file)
{
    private readonly DiskWriting _writing = new(handle);
    private bool _isNamed = !isNew;

    protected override ValueTask WriteBytesAsync(ReadOnlySequence<byte> bytes, long offset) =>
        _writing.WriteAsync(bytes, offset - start);

    protected override async ValueTask<GrowingFile> MakeDurableAsync(GrowingFile next)
    {
        await _writing.FlushAsync(_isNamed ? null : Path.GetDirectoryName(path)!);
        _isNamed = true;
        return next;
    }

    protected override async ValueTask CloseAsync()
    {
        await _writing.DisposeAsync();
        closed();
    }
}
