using System.Collections.Concurrent;
using System.Security.Cryptography;
using Postroom.Storage;

namespace Postroom.Endpoints.Uploads;

/// <summary>
/// Keeps the hash of uploads between their requests, since its state cannot be stored. What is not here is taken anew
/// from the file at the end.
/// </summary>
internal sealed class UploadHashes : IDisposable
{
    private const int KeptMax = 4096;

    private readonly ConcurrentDictionary<EntryId, (long Size, IncrementalHash Hash)> _hashes = new();
    private readonly ConcurrentQueue<EntryId> _order = new();

    /// <summary>
    /// The hash of the first bytes of an upload, which is the caller's from now on; null when unknown.
    /// </summary>
    public IncrementalHash? Take(EntryId upload, long size)
    {
        if (size == 0)
        {
            Forget(upload);
            return IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        }

        if (!_hashes.TryRemove(upload, out var kept))
        {
            return null;
        }

        if (kept.Size == size)
        {
            return kept.Hash;
        }

        kept.Hash.Dispose();
        return null;
    }

    /// <summary>Keeps the hash of so many first bytes.</summary>
    public void Keep(EntryId upload, long size, IncrementalHash hash)
    {
        Forget(upload);
        _hashes[upload] = (size, hash);
        _order.Enqueue(upload);
        while (_order.Count > KeptMax && _order.TryDequeue(out var oldest))
        {
            // One that was used since stands further behind as well.
            if (!_order.Contains(oldest))
            {
                Forget(oldest);
            }
        }
    }

    public void Forget(EntryId upload)
    {
        if (_hashes.TryRemove(upload, out var kept))
        {
            kept.Hash.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var (upload, _) in _hashes)
        {
            Forget(upload);
        }
    }
}
