using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Postroom.Answers;
using Postroom.Exchange;
using Postroom.Faults;
using Postroom.Plans;
using Postroom.Storage;

namespace Postroom.Hosting;

/// <summary>
/// Keeps POSTs that were refused by something that the owner can mend, with their bodies, so that they can be run
/// again. It works after the answer, and never changes it.
/// </summary>
internal sealed partial class Quarantine(
    IPostStore store, IFileStore files, TimeProvider time, ILogger<Quarantine> logger)
{
    /// <summary>Entries of an endpoint; beyond them the oldest go.</summary>
    public const int EntriesMax = 1000;

    /// <summary>Bytes of all files of a POST; one with more is not kept.</summary>
    public const long FilesBytesMax = 32 * 1024 * 1024;

    /// <summary>Bytes of an endpoint's bodies and their files; beyond them the oldest go.</summary>
    public const long BytesMax = 500_000_000;

    // More than are ever kept: what an earlier version or a failed deletion has left goes as well.
    private const int ReadMax = 100_000;

    private static readonly HashSet<string> s_kept = new(RefusedReason.Codes, StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, Lazy<QuarantineShelf>> _shelves = new(StringComparer.Ordinal);

    /// <summary>
    /// True for a refusal that is kept: its endpoint says so, its body was read to the end, and its files, if it had
    /// any, were all taken and are not too large.
    /// </summary>
    public static bool Keeps(PostExchange exchange) =>
        exchange.Fault is { } fault
        && exchange.Plan.Declaration.Quarantine > TimeSpan.Zero
        && exchange.Action == PostAction.Create && exchange.BodyIsRead && s_kept.Contains(fault.Kind.Code)
        && (exchange.Staged is null
            || (!exchange.Body.IsEmpty
                && exchange.Files.Count == exchange.BodyGaps.Count
                && exchange.Files.Sum(file => file.Size) <= FilesBytesMax));

    /// <summary>The document where parsing got so far.</summary>
    public static ReadOnlyMemory<byte> DocumentOf(PostExchange exchange) =>
        exchange.Document.IsEmpty ? "{}"u8.ToArray() : exchange.Document;

    /// <summary>Keeps it. What fails is logged: the refusal is out and stands in any case.</summary>
    public async ValueTask KeepAsync(PostExchange exchange)
    {
        try
        {
            // The client has the whole answer before anything is written for the owner.
            await exchange.Http.Response.CompleteAsync();
            await KeepOnceAsync(exchange, exchange.Fault!);
        }
        catch (Exception exception)
        {
            Log.Failed(logger, exception, exchange.Plan.Path, exchange.Id);
        }
    }

    /// <summary>Deletes what has been kept for its time.</summary>
    public async ValueTask ExpireAsync(IReadOnlyList<EndpointPlan> plans)
    {
        foreach (var plan in plans.Where(plan => plan.Declaration.Quarantine > TimeSpan.Zero))
        {
            await RemoveAsync(ShelfOf(plan.Path).TakeOff(EntriesMax, BytesMax, Oldest(plan)));
        }
    }

    /// <summary>How often the bytes of a kept entry came since the start.</summary>
    public long TimesOf(Entry entry) =>
        _shelves.TryGetValue(entry.Endpoint, out var shelf) ? shelf.Value.TimesOf(entry.Id) : 1;

    private async ValueTask KeepOnceAsync(PostExchange exchange, Fault fault)
    {
        var type = exchange.Http.Request.Headers.ContentType.ToString();
        var digest = Digest(type, exchange);
        var shelf = ShelfOf(exchange.Plan.Path);
        var size = exchange.Body.Length + exchange.Files.Sum(file => file.Size);
        if (!shelf.TryAdd(new KeptBody(exchange.Id, exchange.ReceivedAt, size), digest))
        {
            return;
        }

        var entry = EntryMaker.Make(exchange, ProblemAnswer.Render(fault)) with
        {
            State = EntryState.Held,
            Reason = RefusedReason.Of(fault.Kind.Code),
            Key = default,
            Fingerprint = default,
            ExpiresAt = 0,
            Document = DocumentOf(exchange),
            Body = exchange.Body,
            BodyGaps = exchange.BodyGaps,
            BodyType = type,
        };
        var outcome = await exchange.CommitAsync(
            store, new PostUnit { Guards = [], Writes = [new InsertEntry(entry)] });
        if (outcome.Verdict != UnitVerdict.Committed)
        {
            shelf.Forget(digest);
            Log.NotKept(logger, exchange.Plan.Path, exchange.Id, outcome.Verdict);
        }

        await RemoveAsync(shelf.TakeOff(EntriesMax, BytesMax, Oldest(exchange.Plan)));
    }

    /// <summary>Deletes those that are still held as they were: what was run again meanwhile stays.</summary>
    private async ValueTask RemoveAsync(IReadOnlyList<EntryId> entries)
    {
        foreach (var id in entries)
        {
            if (Find(id) is { } entry && RefusedReason.IsOf(entry))
            {
                var outcome = await store.CommitAsync(new PostUnit
                {
                    Guards = [new EntryInState(id, EntryState.Held, entry.Reason)],
                    Writes = [new DeleteEntry(id, KeepKey: false)],
                });
                if (outcome.Verdict == UnitVerdict.Committed)
                {
                    await files.DeleteAllAsync(entry.Files);
                }
            }
        }
    }

    private Entry? Find(EntryId id)
    {
        using var reader = store.Read();
        return reader.FindEntry(id);
    }

    private long Oldest(EndpointPlan plan) =>
        (time.GetUtcNow() - plan.Declaration.Quarantine).ToUnixTimeMilliseconds();

    private QuarantineShelf ShelfOf(string path) => _shelves.GetOrAdd(
        path, _ => new Lazy<QuarantineShelf>(() => Load(path), LazyThreadSafetyMode.ExecutionAndPublication)).Value;

    private QuarantineShelf Load(string path)
    {
        using var reader = store.Read();
        return new QuarantineShelf(reader.ListBodies(path, ReadMax));
    }

    private static Fingerprint Digest(string type, PostExchange exchange)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(type));
        hash.AppendData([0]);
        hash.AppendData(exchange.Body.Span);
        foreach (var file in exchange.Files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(file.Digest));
        }

        return Fingerprint.Read(hash.GetHashAndReset());
    }

    private static partial class Log
    {
        [LoggerMessage(42, LogLevel.Warning,
            "A refused POST to {Path} was not kept ({Verdict}). Reference {Reference}")]
        public static partial void NotKept(ILogger logger, string path, EntryId reference, UnitVerdict verdict);

        [LoggerMessage(43, LogLevel.Error, "A refused POST to {Path} could not be kept. Reference {Reference}")]
        public static partial void Failed(ILogger logger, Exception exception, string path, EntryId reference);
    }
}
