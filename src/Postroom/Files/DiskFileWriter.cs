using System.Buffers;
using Postroom.Storage;

namespace Postroom.Files;

/// <summary>Writes one file of the local disk.</summary>
internal sealed class DiskFileWriter : FileWriter
{
    private readonly string _path;
    private readonly Action _closed;
    private readonly DiskWriting _writing;

    public DiskFileWriter(string path, Action closed)
    {
        _path = path;
        _closed = closed;
        _writing = new DiskWriting(DiskFiles.Create(path));
    }

    protected override ValueTask WriteBytesAsync(ReadOnlySequence<byte> bytes, long offset) =>
        _writing.WriteAsync(bytes, offset);

    protected override ValueTask MakeDurableAsync() => _writing.FlushAsync(Path.GetDirectoryName(_path)!);

    protected override async ValueTask CloseAsync()
    {
        await _writing.DisposeAsync();
        if (!IsComplete)
        {
            File.Delete(_path);
        }

        _closed();
    }
}
