using Postroom.Storage;

namespace Postroom.Sqlite.Writing;

/// <summary>What the writer must know of an entry to change it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Endpoint">Its endpoint.</param>
/// <param name="HasKey">Whether it came with a key.</param>
/// <param name="ExpiresAt">When the key ends, in Unix milliseconds.</param>
/// <param name="HasAnswer">Whether an answer is still kept.</param>
/// <param name="Bytes">Document, control fields, answer, kept body and files together.</param>
/// <param name="Reason">Why it stands there.</param>
internal sealed record EntryFacts(
    EntryId Id,
    EntryState State,
    string Endpoint,
    bool HasKey,
    long ExpiresAt,
    bool HasAnswer,
    long Bytes,
    string? Reason);
