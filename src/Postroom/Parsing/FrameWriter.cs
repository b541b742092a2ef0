using System.Buffers;

namespace Postroom.Parsing;

/// <summary>Takes down a multipart body as it passes, without the contents of its files.</summary>
internal sealed class FrameWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly List<int> _gaps = [];

    /// <summary>What came, but for the contents of files.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    /// <summary>Where in it the contents of the files stood, in their order.</summary>
    public IReadOnlyList<int> Gaps => _gaps;

    public void Write(ReadOnlySpan<byte> bytes) => _bytes.Write(bytes);

    /// <summary>The contents of a file come here.</summary>
    public void Leave() => _gaps.Add(_bytes.WrittenCount);
}
