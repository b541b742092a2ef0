using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Postroom.S3.Requests;
using Postroom.Storage;

namespace Postroom.S3;

/// <summary>
/// Files in a bucket of an object store, each an object at <c>files/</c> and its id. What comes in several requests
/// lies in pieces at <c>parts/</c> until it is complete; then the store joins them without a byte passing through here.
/// </summary>
internal sealed class S3FileStore : IFileStore
{
    /// <summary>Bytes of a piece: more than the 5 MiB that a part must have, so that two fit into memory.</summary>
    public const int PieceBytes = FileAppender.BufferMax / 2;

    /// <summary>Bytes of a file at most: "maximum number of parts per upload: 10,000".</summary>
    public const long SizeMax = 10_000L * PieceBytes;

    private readonly S3Client _client;
    private readonly S3Bucket _bucket;
    private readonly S3Join _join;
    private readonly EntropySource _entropy;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<EntryId, object> _open = new();
    private bool _saidCannotList;

    public S3FileStore(S3Options options, TimeProvider time, EntropySource entropy, ILogger logger)
    {
        (_entropy, _logger) = (entropy, logger);
        _client = new S3Client(options, time, entropy, logger);
        _bucket = new S3Bucket(_client);
        _join = new S3Join(_bucket, logger);
    }

    public string Name => "s3";

    public long? FreeBytes => null;

    internal S3Bucket Bucket => _bucket;

    public async ValueTask<FileWriter> CreateAsync(EntryId id)
    {
        // Asked before the body is taken: a bucket that does not answer is known at once.
        if (await _bucket.HeadAsync(S3Keys.Of(id)) is not null)
        {
            throw new IOException($"There is a file {id} already.");
        }

        var writer = new S3FileWriter(_bucket, S3Keys.Of(id), _logger, () => _open.TryRemove(id, out _));
        _open[id] = writer;
        return writer;
    }

    public GrowingFile TakeOver(GrowingFile file) => S3Pieces.TakeOver(file);

    public async ValueTask<FileAppender> ResumeAsync(GrowingFile file)
    {
        var pieces = S3Pieces.Read(file);
        var rest = pieces.Count > 0 ? await _join.ResumeAsync(file, pieces) : [];
        if (rest.Length > 0)
        {
            pieces.RemoveAt(pieces.Count - 1);
        }

        var mark = new object();
        var appender = new S3FileAppender(
            file, pieces, _bucket, _entropy, () => _open.TryRemove(KeyValuePair.Create(file.Id, mark)));
        await appender.BeginAsync(rest);
        _open[file.Id] = mark;
        return appender;
    }

    public ValueTask CompleteAsync(GrowingFile file) => new(_join.CompleteAsync(file));

    public async ValueTask<Stream?> OpenAsync(EntryId id)
    {
        if (_open.GetValueOrDefault(id) is S3FileWriter { IsComplete: false } writer)
        {
            var (isThere, bytes) = await writer.PeekAsync();
            if (bytes is not null || !isThere)
            {
                return bytes;
            }
        }

        return await S3Stream.OpenAsync(_bucket, S3Keys.Of(id));
    }

    public async ValueTask<Stream?> OpenRangeAsync(EntryId id, long offset, long length) => length == 0
        ? await _bucket.HeadAsync(S3Keys.Of(id)) is null ? null : Stream.Null
        : await S3Stream.OpenRangeAsync(_bucket, S3Keys.Of(id), offset, length);

    public async ValueTask DeleteAsync(EntryId id)
    {
        await _bucket.DeleteAsync(S3Keys.Of(id));
        await _join.DeletePartsAsync(id, int.MaxValue);
    }

    public async IAsyncEnumerable<EntryId> ListOlderAsync(
        DateTimeOffset time, [EnumeratorCancellation] CancellationToken cancel)
    {
        await EndMultipartsAsync(time, cancel);
        var growing = new Dictionary<EntryId, DateTimeOffset>();
        await foreach (var found in _bucket.ListAsync(S3Keys.Parts, cancel))
        {
            if (S3Keys.IdOf(found.Key) is { } id)
            {
                growing[id] = Later(growing.GetValueOrDefault(id), found.WrittenAt);
            }
        }

        await foreach (var found in _bucket.ListAsync(S3Keys.Files, cancel))
        {
            if (S3Keys.IdOf(found.Key) is { } id)
            {
                growing.Remove(id, out var grown);
                if (IsOlder(id, Later(found.WrittenAt, grown), time))
                {
                    yield return id;
                }
            }
        }

        foreach (var (id, grown) in growing)
        {
            if (IsOlder(id, grown, time))
            {
                yield return id;
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        _join.Dispose();
        _client.Dispose();
        return default;
    }

    /// <summary>
    /// Multipart uploads that were begun and left: they are paid for, nothing else lists them, and nobody can complete
    /// them any more, whether or not their file is named.
    /// </summary>
    private async Task EndMultipartsAsync(DateTimeOffset time, CancellationToken cancel)
    {
        if (await _bucket.ListMultipartsAsync(S3Keys.Files, cancel) is not { } multiparts)
        {
            if (!_saidCannotList)
            {
                _saidCannotList = true;
                Log.CannotListMultiparts(_logger);
            }

            return;
        }

        foreach (var (key, upload, begun) in multiparts)
        {
            if (S3Keys.IdOf(key) is { } id && IsOlder(id, begun, time))
            {
                await _bucket.AbortMultipartAsync(key, upload);
            }
        }
    }

    private bool IsOlder(EntryId id, DateTimeOffset written, DateTimeOffset time) =>
        written < time && !_open.ContainsKey(id);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
