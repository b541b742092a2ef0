using System.Buffers;

namespace Postroom.Storage.Memory;

/// <summary>One file in memory.</summary>
internal sealed class MemoryFile
{
    private readonly Lock _lock = new();
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>Writers that are in use.</summary>
    public int Writers { get; set; }

    public DateTimeOffset WrittenAt { get; private set; }

    public void Append(ReadOnlySequence<byte> bytes, DateTimeOffset now)
    {
        lock (_lock)
        {
            foreach (var part in bytes)
            {
                _bytes.Write(part.Span);
            }

            WrittenAt = now;
        }
    }

    /// <summary>Its first bytes as a file of their own; null when there are not so many.</summary>
    public MemoryFile? Copy(long length, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_bytes.WrittenCount < length)
            {
                return null;
            }

            var copy = new MemoryFile();
            copy.Append(new ReadOnlySequence<byte>(_bytes.WrittenMemory[..(int)length]), now);
            return copy;
        }
    }

    public Stream Open()
    {
        lock (_lock)
        {
            return new MemoryStream(_bytes.WrittenSpan.ToArray(), writable: false);
        }
    }
}
