using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Postroom.S3.Requests;
using Postroom.Storage;

namespace Postroom.S3;

/// <summary>
/// Writes one file that comes in one piece: a small one by one request, a large one by a multipart upload, whose object
/// is not there before it is complete.
/// </summary>
internal sealed class S3FileWriter : FileWriter
{
    private readonly S3Bucket _bucket;
    private readonly string _key;
    private readonly ILogger _logger;
    private readonly Action _closed;
    private readonly PieceBuffer _buffer;
    private readonly List<string> _tags = [];
    private string? _upload;
    private bool _isThere;

    public S3FileWriter(S3Bucket bucket, string key, ILogger logger, Action closed)
    {
        (_bucket, _key, _logger, _closed) = (bucket, key, logger, closed);
        _buffer = new PieceBuffer(SendPartAsync);
    }

    /// <summary>
    /// Makes what is there readable before the file is complete, since a handler may want to see it: from memory where
    /// it is small, from the bucket where all has come. False when neither goes.
    /// </summary>
    public async ValueTask<(bool IsThere, Stream? Bytes)> PeekAsync()
    {
        if (!_isThere && _buffer.Count == Size)
        {
            return (true, new MemoryStream(_buffer.Rest.ToArray(), writable: false));
        }

        if (Digest is not null)
        {
            await MakeDurableAsync();
        }

        return (_isThere, null);
    }

    protected override ValueTask WriteBytesAsync(ReadOnlySequence<byte> bytes, long offset) =>
        _buffer.WriteAsync(bytes);

    protected override async ValueTask MakeDurableAsync()
    {
        if (_isThere)
        {
            return;
        }

        if (_upload is null && _buffer.Count == Size)
        {
            await _bucket.PutAsync(_key, _buffer.Rest, Convert.FromHexString(Digest!));
        }
        else
        {
            await FinishPartsAsync();
        }

        _isThere = true;
    }

    protected override async ValueTask CloseAsync()
    {
        try
        {
            await _buffer.DisposeAsync();
            if (!IsComplete)
            {
                await RemoveAsync();
            }
        }
        finally
        {
            _closed();
        }
    }

    private async Task FinishPartsAsync()
    {
        await _buffer.FlushAsync();
        if (_buffer.Count > 0)
        {
            await SendPartAsync(_buffer.Rest);
        }

        if (!await _bucket.CompleteMultipartAsync(_key, _upload!, _tags, made => made.Size == Size))
        {
            throw new StoreUnreachableException($"The multipart upload of {_key} is gone: somebody ended it.");
        }
    }

    private async Task SendPartAsync(ReadOnlyMemory<byte> bytes)
    {
        var digest = SHA256.HashData(bytes.Span);
        _upload ??= await _bucket.CreateMultipartAsync(_key);
        _tags.Add(await _bucket.PutPartAsync(_key, _upload, _tags.Count + 1, bytes, digest));
    }

    private async Task RemoveAsync()
    {
        try
        {
            if (_upload is { } upload)
            {
                await _bucket.AbortMultipartAsync(_key, upload);
            }

            // Where an answer was lost the object may be there all the same.
            if (Digest is not null)
            {
                await _bucket.DeleteAsync(_key);
            }
        }
        catch (StoreUnreachableException failure)
        {
            Log.NotAborted(_logger, _key, failure);
        }
    }
}
