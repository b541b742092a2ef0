namespace Postroom.Storage;

/// <summary>The entry that a key already stands for.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Fingerprint">What was asked then: a repeat is the same request only when it is equal.</param>
/// <param name="ReceivedAt">When it came, in Unix milliseconds.</param>
/// <param name="ExpiresAt">When the key ends, in Unix milliseconds.</param>
/// <param name="State">Where the entry stands.</param>
/// <param name="Answer">
/// The answer to give again; null when the entry was deleted and only its key is kept: the state is then
/// <see cref="EntryState.Deleted"/>, and a repeat is told that what it sent was received and removed since.
/// </param>
public sealed record KeyMatch(
    EntryId Id, Fingerprint Fingerprint, long ReceivedAt, long ExpiresAt, EntryState State, StoredAnswer? Answer);
