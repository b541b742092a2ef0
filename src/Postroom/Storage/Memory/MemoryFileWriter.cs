using System.Buffers;

namespace Postroom.Storage.Memory;

internal sealed class MemoryFileWriter : FileWriter
{
    private readonly MemoryFile _file;
    private readonly TimeProvider _time;
    private readonly Action _remove;

    public MemoryFileWriter(MemoryFile file, TimeProvider time, Action remove)
    {
        (_file, _time, _remove) = (file, time, remove);
        file.Append(default, time.GetUtcNow());
    }

    protected override ValueTask WriteBytesAsync(ReadOnlySequence<byte> bytes, long offset)
    {
        _file.Append(bytes, _time.GetUtcNow());
        return default;
    }

    protected override ValueTask MakeDurableAsync() => default;

    protected override ValueTask CloseAsync()
    {
        _file.Writers--;
        if (!IsComplete)
        {
            _remove();
        }

        return default;
    }
}
