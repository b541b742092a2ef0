namespace Postroom.Postgres.Tests.Engine;

/// <summary>Gives its first megabyte, and then nothing until it is told to end.</summary>
internal sealed class StalledStream : Stream
{
    private const long Size = 2 << 20;

    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ends = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _given;

    /// <summary>Done when it gives nothing more.</summary>
    public Task Begun => _begun.Task;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => Size;

    public override long Position { get; set; }

    public void End() => _ends.TrySetResult();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_given > Size / 2)
        {
            _begun.TrySetResult();
            await _ends.Task;
            throw new IOException("It has ended.");
        }

        _given += buffer.Length;
        return buffer.Length;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }
}
