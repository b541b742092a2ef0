using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Postroom.S3.Requests;
using Postroom.Storage;

namespace Postroom.S3;

/// <summary>Checks, joins and removes the pieces of growing files.</summary>
internal sealed class S3Join(S3Bucket bucket, ILogger logger) : IDisposable
{
    private const int AtOnce = 4;

    // Pieces in memory at once, of all files.
    private readonly SemaphoreSlim _hands = new(2);
    private bool _copiesByHand;

    /// <summary>
    /// Sees that all pieces are there, drops what an earlier writer left, and gives the bytes that fill no piece.
    /// </summary>
    /// <exception cref="FileNotFoundException">Some are gone.</exception>
    public async Task<byte[]> ResumeAsync(GrowingFile file, IReadOnlyList<S3Piece> pieces)
    {
        var found = new Dictionary<string, long>();
        await foreach (var item in bucket.ListAsync(S3Keys.PartsOf(file.Id)))
        {
            found[item.Key] = item.Size;
        }

        var missing = new HashSet<S3Piece>(pieces.Where(
            piece => !found.Remove(S3Keys.Of(file.Id, piece), out var size) || size != piece.Size));
        await RestoreAsync(file, pieces, missing);

        // Whoever took over since has a later epoch; his are left alone.
        await DeleteAsync(found.Keys.Where(key => EpochOf(key) <= S3Pieces.Epoch(file)));
        return pieces[^1].Size < S3FileStore.PieceBytes ? await ReadAsync(file.Id, pieces[^1]) : [];
    }

    /// <summary>Makes one object of the pieces, unless that was done.</summary>
    /// <exception cref="FileNotFoundException">Some are gone.</exception>
    public async Task CompleteAsync(GrowingFile file)
    {
        var key = S3Keys.Of(file.Id);
        var madeOf = S3Pieces.MadeOf(file);
        var there = (await bucket.HeadAsync(key))?.MadeOf;
        if (there != madeOf)
        {
            if (there is not null && S3Piece.EpochOf(there) > S3Pieces.Epoch(file))
            {
                throw Gone();
            }

            var pieces = S3Pieces.Read(file);
            if (!await JoinAsync(file, pieces, madeOf))
            {
                await ResumeAsync(file, pieces);
                if (!await JoinAsync(file, pieces, madeOf))
                {
                    throw Gone();
                }
            }
        }

        await DeletePartsAsync(file.Id, S3Pieces.Epoch(file));
    }

    /// <summary>Removes the pieces of a file that were written up to an epoch.</summary>
    public async Task DeletePartsAsync(EntryId id, int epoch)
    {
        var keys = new List<string>();
        await foreach (var item in bucket.ListAsync(S3Keys.PartsOf(id)))
        {
            if (EpochOf(item.Key) <= epoch)
            {
                keys.Add(item.Key);
            }
        }

        await DeleteAsync(keys);
    }

    public void Dispose() => _hands.Dispose();

    /// <summary>False when a piece is not there.</summary>
    private async Task<bool> JoinAsync(GrowingFile file, List<S3Piece> pieces, string madeOf)
    {
        var key = S3Keys.Of(file.Id);
        if (pieces.Count < 2)
        {
            var bytes = pieces.Count == 0 ? [] : await TryReadAsync(file.Id, pieces[0]);
            if (bytes is not null)
            {
                await bucket.PutAsync(key, bytes, madeOf: madeOf);
            }

            return bytes is not null;
        }

        var upload = await bucket.CreateMultipartAsync(key, madeOf);
        var isDone = false;
        try
        {
            var tags = new string?[pieces.Count];
            await Parallel.ForAsync(0, pieces.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
                async (index, _) => tags[index] = await CopyAsync(file.Id, pieces[index], key, upload, index + 1));
            isDone = Array.TrueForAll(tags, tag => tag is not null)
                && await bucket.CompleteMultipartAsync(key, upload, tags!, made => made.MadeOf == madeOf);
            return isDone;
        }
        finally
        {
            if (!isDone)
            {
                await AbortAsync(key, upload);
            }
        }
    }

    /// <summary>The tag of the part; null when the piece is not there.</summary>
    private async Task<string?> CopyAsync(EntryId id, S3Piece piece, string key, string upload, int number)
    {
        if (!_copiesByHand)
        {
            if (await bucket.CopyPartAsync(key, upload, number, S3Keys.Of(id, piece)) is { } tag)
            {
                return tag.Length == 0 ? null : tag;
            }

            _copiesByHand = true;
            Log.CopiesByHand(logger);
        }

        await _hands.WaitAsync();
        try
        {
            return await TryReadAsync(id, piece) is { } bytes
                ? await bucket.PutPartAsync(key, upload, number, bytes, piece.Digest)
                : null;
        }
        finally
        {
            _hands.Release();
        }
    }

    /// <summary>
    /// Pieces that are gone because the file was completed and its completion was not committed are taken back out of
    /// it, if they are still what was acknowledged.
    /// </summary>
    private async Task RestoreAsync(GrowingFile file, IReadOnlyList<S3Piece> pieces, HashSet<S3Piece> missing)
    {
        var offset = 0L;
        foreach (var piece in pieces)
        {
            if (missing.Contains(piece))
            {
                using var answer = await bucket.GetAsync(S3Keys.Of(file.Id), (offset, offset + piece.Size - 1))
                    ?? throw Gone();
                var bytes = await S3Stream.ReadAllAsync(bucket, answer, piece.Size);
                if (!SHA256.HashData(bytes).AsSpan().SequenceEqual(piece.Digest))
                {
                    throw Gone();
                }

                await bucket.PutAsync(S3Keys.Of(file.Id, piece), bytes, piece.Digest);
            }

            offset += piece.Size;
        }
    }

    private async Task<byte[]> ReadAsync(EntryId id, S3Piece piece) => await TryReadAsync(id, piece) ?? throw Gone();

    private async Task<byte[]?> TryReadAsync(EntryId id, S3Piece piece)
    {
        using var answer = await bucket.GetAsync(S3Keys.Of(id, piece));
        if (answer is null)
        {
            return null;
        }

        var bytes = await S3Stream.ReadAllAsync(bucket, answer, piece.Size);
        return SHA256.HashData(bytes).AsSpan().SequenceEqual(piece.Digest) ? bytes : throw Gone();
    }

    private async Task DeleteAsync(IEnumerable<string> keys) => await Parallel.ForEachAsync(
        keys, new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
        async (key, _) => await bucket.DeleteAsync(key));

    private async Task AbortAsync(string key, string upload)
    {
        try
        {
            await bucket.AbortMultipartAsync(key, upload);
        }
        catch (StoreUnreachableException failure)
        {
            Log.NotAborted(logger, key, failure);
        }
    }

    private static int EpochOf(string key) => S3Piece.EpochOf(key[(key.LastIndexOf('/') + 1)..]);

    private static FileNotFoundException Gone() => new("Bytes of an upload that were durable are gone.");
}
