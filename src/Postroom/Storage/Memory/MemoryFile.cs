using System.Buffers;

namespace Postroom.Storage.Memory;

/// <summary>One file in memory.</summary>
internal sealed class MemoryFile
{
    private readonly Lock _lock = new();
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>True while its writer is in use.</summary>
    public bool IsOpen { get; set; } = true;

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

    public Stream Open()
    {
        lock (_lock)
        {
            return new MemoryStream(_bytes.WrittenSpan.ToArray(), writable: false);
        }
    }
}
