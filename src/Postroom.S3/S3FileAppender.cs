using System.Buffers;
using System.Security.Cryptography;
using Postroom.S3.Requests;
using Postroom.Storage;

namespace Postroom.S3;

/// <summary>
/// Goes on with a growing file: each full piece is an object, and at a flush what fills none is one as well, to be
/// written anew, under another name, when there is more.
/// </summary>
internal sealed class S3FileAppender : FileAppender
{
    private readonly S3Bucket _bucket;
    private readonly EntropySource _entropy;
    private readonly Action _closed;
    private readonly PieceBuffer _buffer;
    private readonly int _epoch;
    private readonly List<S3Piece> _full;

    /// <param name="file">Where it begins.</param>
    /// <param name="full">The pieces that are full.</param>
    /// <param name="bucket">Where they go.</param>
    /// <param name="entropy">Where their names come from.</param>
    /// <param name="closed">Called at the end.</param>
    public S3FileAppender(
        GrowingFile file, List<S3Piece> full, S3Bucket bucket, EntropySource entropy, Action closed)
        : base(file)
    {
        (_bucket, _entropy, _closed, _full) = (bucket, entropy, closed, full);
        _epoch = S3Pieces.Epoch(file);
        _buffer = new PieceBuffer(async bytes => _full.Add(await SendAsync(bytes)));
    }

    /// <summary>Takes back the bytes that filled no piece.</summary>
    public ValueTask BeginAsync(byte[] rest) => _buffer.WriteAsync(new ReadOnlySequence<byte>(rest));

    protected override ValueTask WriteBytesAsync(ReadOnlySequence<byte> bytes, long offset)
    {
        if (offset + bytes.Length > S3FileStore.SizeMax)
        {
            throw new StorageFullException("An object has ten thousand parts at most.");
        }

        return _buffer.WriteAsync(bytes);
    }

    protected override async ValueTask<GrowingFile> MakeDurableAsync(GrowingFile next)
    {
        await _buffer.FlushAsync();
        List<S3Piece> pieces = _buffer.Count == 0 ? _full : [.. _full, await SendAsync(_buffer.Rest)];
        return next with { State = S3Pieces.Write(_epoch, pieces) };
    }

    protected override async ValueTask CloseAsync()
    {
        try
        {
            await _buffer.DisposeAsync();
        }
        finally
        {
            _closed();
        }
    }

    private async Task<S3Piece> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        var piece = new S3Piece(_epoch, _entropy.NextUInt64(), bytes.Length, SHA256.HashData(bytes.Span));
        await _bucket.PutAsync(S3Keys.Of(Durable.Id, piece), bytes, piece.Digest);
        return piece;
    }
}
