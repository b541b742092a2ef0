namespace Postroom.Storage;

/// <summary>What came: one accepted, held or finally refused POST, as it is written and as it is read back.</summary>
public sealed record Entry
{
    /// <summary>The public id; its row number orders entries by arrival.</summary>
    public required EntryId Id { get; init; }

    /// <summary>The path of the endpoint as declared, such as <c>/api/contact</c>.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Stored unless held or refused.</summary>
    public EntryState State { get; init; }

    /// <summary>Why the entry is held or refused: a stable code such as <c>honeypot</c> or <c>repeat</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// What every rule saw that spoke against the entry: a line for each, its code, a colon and a few words, such as
    /// <c>links: 4 links (at most 3)</c>. Null when none did. It stays when the entry is released.
    /// </summary>
    public string? Evidence { get; init; }

    /// <summary>When it arrived, in Unix milliseconds.</summary>
    public required long ReceivedAt { get; init; }

    /// <summary>The accepted document: UTF-8 JSON, byte for byte.</summary>
    public required ReadOnlyMemory<byte> Document { get; init; }

    /// <summary>
    /// The fields that spoke to the server and not to the reader, such as <c>_subject</c>: an object of texts as UTF-8
    /// JSON, without secrets. Empty when there were none.
    /// </summary>
    public ReadOnlyMemory<byte> Control { get; init; }

    /// <summary>The media type of the body as it came, without parameters.</summary>
    public string? MediaType { get; init; }

    /// <summary>The hash of key and scope; empty when the POST brought none.</summary>
    public KeyHash Key { get; init; }

    /// <summary>What the key stands for; default when there is no key.</summary>
    public Fingerprint Fingerprint { get; init; }

    /// <summary>When the key (and the kept answer) ends, in Unix milliseconds; 0 when there is no key.</summary>
    public long ExpiresAt { get; init; }

    /// <summary>The answer; null after it was cleared at expiry.</summary>
    public StoredAnswer? Answer { get; init; }

    /// <summary>Who sent it: null for anonymous callers.</summary>
    public string? Owner { get; init; }

    /// <summary>The User-Agent header, cut by the receiving side.</summary>
    public string? Agent { get; init; }

    /// <summary>The address it came from, cut by the receiving side where privacy asks for it.</summary>
    public string? Address { get; init; }

    /// <summary>The Origin header, if any.</summary>
    public string? Origin { get; init; }

    /// <summary>The files that came with it, in the order sent; the document holds their names.</summary>
    public IReadOnlyList<EntryFile> Files { get; init; } = [];

    /// <summary>
    /// The body as it came, without its content coding, of a POST that was refused and is kept: what runs again. Of a
    /// form with files it is the frame, without their contents. Only <see cref="IStoreReader.FindEntry"/> brings it,
    /// lists do not. Empty for all others.
    /// </summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>
    /// The Content-Type that <see cref="Body"/> came with, parameters and all. Null when there is no body kept.
    /// </summary>
    public string? BodyType { get; init; }

    /// <summary>
    /// Where in <see cref="Body"/> the contents of <see cref="Files"/> stood, one place for each in their order.
    /// </summary>
    public IReadOnlyList<int> BodyGaps { get; init; } = [];

    /// <summary>The entry that this one repeats; empty when it repeats none.</summary>
    public EntryId RepeatOf { get; init; }

    /// <summary>What it counts for where retention is by size.</summary>
    internal long Bytes => Document.Length + Control.Length + (Answer?.Body.Length ?? 0) + Body.Length
        + (Files.Count == 0 ? 0 : Files.Sum(file => file.Size));
}
