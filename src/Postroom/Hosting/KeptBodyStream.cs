using Postroom.Storage;

namespace Postroom.Hosting;

/// <summary>Reads a kept body as it came: its frame with the contents of its files put back.</summary>
internal sealed class KeptBodyStream(Entry entry, IFileStore files) : Stream
{
    private Stream? _part;
    private int _next;

    /// <summary>Bytes of the whole.</summary>
    public static long LengthOf(Entry entry) => entry.Body.Length + entry.Files.Sum(file => file.Size);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => LengthOf(entry);

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    // Frame and files take turns, and a frame stands at both ends.
    private int Parts => (2 * entry.BodyGaps.Count) + 1;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty && (_part is not null || _next < Parts))
        {
            _part ??= await OpenAsync(_next++);
            var read = await _part.ReadAsync(buffer, cancellationToken);
            if (read > 0)
            {
                return read;
            }

            await _part.DisposeAsync();
            _part = null;
        }

        return 0;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _part?.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask<Stream> OpenAsync(int part)
    {
        var gap = part / 2;
        if (part % 2 == 0)
        {
            var start = gap == 0 ? 0 : entry.BodyGaps[gap - 1];
            var end = gap == entry.BodyGaps.Count ? entry.Body.Length : entry.BodyGaps[gap];
            return new MemoryStream(entry.Body[start..end].ToArray(), writable: false);
        }

        var file = entry.Files[gap];
        return await files.OpenAsync(file.Id)
            ?? throw new FileNotFoundException($"The bytes of the file {file.Id} are not there any more.");
    }
}
