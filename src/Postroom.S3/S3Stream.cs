using Postroom.S3.Requests;
using Postroom.Storage;

namespace Postroom.S3;

/// <summary>
/// Reads an object, or a part of one: as one answer from where it begins, and as another one after a seek or where the
/// connection broke. It reads one and the same object to its end, or fails.
/// </summary>
internal sealed class S3Stream : Stream
{
    private readonly S3Bucket _bucket;
    private readonly string _key;
    private readonly string _tag;
    private readonly long _start;
    private readonly long _length;
    private readonly bool _canSeek;
    private S3Answer? _answer;
    private Stream? _bytes;
    private long _position;

    private S3Stream(S3Bucket bucket, string key, S3Answer answer, long start, long length, bool canSeek)
    {
        (_bucket, _key, _answer, _start, _length) = (bucket, key, answer, start, length);
        (_tag, _canSeek) = (answer.Tag, canSeek);
    }

    public override bool CanRead => true;

    public override bool CanSeek => _canSeek;

    public override bool CanWrite => false;

    public override long Length => _canSeek ? _length : throw new NotSupportedException();

    public override long Position
    {
        get => _canSeek ? _position : throw new NotSupportedException();
        set => Seek(value, SeekOrigin.Begin);
    }

    public static async Task<Stream?> OpenAsync(S3Bucket bucket, string key) =>
        await bucket.GetAsync(key) is { } answer
            ? new S3Stream(
                bucket, key, answer, 0, answer.Response.Content.Headers.ContentLength ?? 0, canSeek: true)
            : null;

    public static async Task<Stream?> OpenRangeAsync(S3Bucket bucket, string key, long offset, long length) =>
        await bucket.GetAsync(key, (offset, offset + length - 1)) is { } answer
            ? new S3Stream(bucket, key, answer, offset, length, canSeek: false)
            : null;

    /// <summary>The bytes of an answer, which are so many at most.</summary>
    public static async Task<byte[]> ReadAllAsync(S3Bucket bucket, S3Answer answer, int bytesMax)
    {
        await using var stream = new S3Stream(bucket, "", answer, 0, bytesMax, canSeek: false);
        var bytes = new byte[bytesMax];
        var count = await stream.ReadAtLeastOnceAsync(bytes);
        return count == bytes.Length ? bytes : bytes[..count];
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var room = (int)Math.Min(buffer.Length, _length - _position);
        for (var attempt = 1; room > 0; attempt++)
        {
            try
            {
                _answer ??= await OpenRestAsync();
                using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                wait.CancelAfter(_bucket.Client.Options.AnswerWait);
                _bytes ??= await _answer.Response.Content.ReadAsStreamAsync(wait.Token);
                var count = await _bytes.ReadAsync(buffer[..room], wait.Token);
                if (count > 0)
                {
                    _position += count;
                    return count;
                }

                throw new IOException("The answer of the object store ended early.");
            }
            catch (Exception failure) when (S3Client.IsOfNetwork(failure, cancellationToken))
            {
                await CloseAsync();
                if (attempt >= _bucket.Client.Options.Tries || _key.Length == 0)
                {
                    throw new StoreUnreachableException(S3Reasons.Of(_bucket.Client.Options, failure), failure);
                }
            }
        }

        return 0;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // Whoever reads a file of the disk may read so; here it holds a thread until the bytes are there.
    public override int Read(byte[] buffer, int offset, int count) =>
        Task.Run(() => ReadAsync(buffer.AsMemory(offset, count)).AsTask()).GetAwaiter().GetResult();

    public override long Seek(long offset, SeekOrigin origin)
    {
        if (!_canSeek)
        {
            throw new NotSupportedException();
        }

        var position = offset + origin switch
        {
            SeekOrigin.Begin => 0,
            SeekOrigin.Current => _position,
            _ => _length,
        };
        ArgumentOutOfRangeException.ThrowIfNegative(position, nameof(offset));
        if (position != _position)
        {
            Close(dispose: true);
            _position = position;
        }

        return position;
    }

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        Close(disposing);
        base.Dispose(disposing);
    }

    private async Task<int> ReadAtLeastOnceAsync(byte[] bytes)
    {
        var sum = 0;
        while (sum < bytes.Length)
        {
            sum += await ReadAsync(bytes.AsMemory(sum));
        }

        return sum;
    }

    private async Task<S3Answer> OpenRestAsync() =>
        await _bucket.GetAsync(_key, (_start + _position, _start + _length - 1), _tag)
        ?? throw new FileNotFoundException($"The object {_key} was removed while it was read.");

    private async ValueTask CloseAsync()
    {
        if (_bytes is not null)
        {
            await _bytes.DisposeAsync();
        }

        _answer?.Dispose();
        (_answer, _bytes) = (null, null);
    }

    private void Close(bool dispose)
    {
        if (dispose)
        {
            _bytes?.Dispose();
            _answer?.Dispose();
            (_answer, _bytes) = (null, null);
        }
    }
}
