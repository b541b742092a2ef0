using System.Security.Cryptography;
using Postroom.Exchange;
using Postroom.Storage;

namespace Postroom.Execution.Batches;

/// <summary>
/// How far an import under a key has come, without a row for each step: the ids of its records follow from the key, the
/// place in the list and the moment when it was begun, so that whoever goes on finds those that are there.
/// </summary>
internal sealed class BatchProgress
{
    private readonly KeyHash _key;
    private readonly long _begunAt;

    private BatchProgress(KeyHash key, EntryId opening, long begunAt, bool isResumed)
    {
        _key = key;
        _begunAt = begunAt;
        Opening = opening;
        IsResumed = isResumed;
    }

    /// <summary>The entry that says it was begun; it goes when the import has ended.</summary>
    public EntryId Opening { get; }

    /// <summary>True when it was begun before, and broken off.</summary>
    public bool IsResumed { get; }

    /// <summary>Takes up what was begun under the key of the exchange, or begins it.</summary>
    /// <returns>How the beginning ended where it could not be stored.</returns>
    public static async ValueTask<(BatchProgress? Progress, UnitOutcome? Failure)> OpenAsync(
        PostExchange exchange, IPostStore store)
    {
        var key = Derive(exchange.Key, "progress"u8);
        if (await store.FindKeyAsync(key, exchange.ReceivedAt) is { } begun)
        {
            if (begun.Fingerprint != exchange.Fingerprint)
            {
                return (null, new UnitOutcome(UnitVerdict.Refused));
            }

            return (new BatchProgress(key, begun.Id, begun.ReceivedAt, isResumed: true), null);
        }

        var opening = BatchEntry.Make(exchange, new StoredAnswer(202, "{}"u8.ToArray()), 0, 0) with
        {
            Id = store.Ids.Next(),
            Key = key,
        };
        var outcome = await store.CommitAsync(new PostUnit
        {
            Guards = [new KeyFree(key, exchange.Fingerprint, exchange.ReceivedAt)],
            Writes = [new InsertEntry(opening)],
        });
        return outcome switch
        {
            { Verdict: UnitVerdict.Committed } =>
                (new BatchProgress(key, opening.Id, exchange.ReceivedAt, isResumed: false), null),
            { Verdict: UnitVerdict.Duplicate, Match: { } other } =>
                (new BatchProgress(key, other.Id, other.ReceivedAt, isResumed: true), null),
            _ => (null, outcome),
        };
    }

    /// <summary>The id of an item's record: rising with the place, and not to be guessed.</summary>
    public EntryId IdOf(int index)
    {
        Span<byte> source = stackalloc byte[KeyHash.Size + sizeof(int)];
        _key.WriteTo(source);
        BitConverter.TryWriteBytes(source[KeyHash.Size..], index);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(source, digest);
        return EntryId.FromRow((_begunAt << 12) + index, BitConverter.ToUInt64(digest));
    }

    private static KeyHash Derive(KeyHash key, ReadOnlySpan<byte> purpose)
    {
        Span<byte> source = stackalloc byte[KeyHash.Size + purpose.Length];
        key.WriteTo(source);
        purpose.CopyTo(source[KeyHash.Size..]);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(source, digest);
        return KeyHash.Read(digest);
    }
}
