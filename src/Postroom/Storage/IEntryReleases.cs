namespace Postroom.Storage;

/// <summary>Lets held entries go on, the way that they would have gone had they not been held.</summary>
internal interface IEntryReleases
{
    /// <summary>
    /// Stores a held entry that passed all rules but those that held it, once: with what its endpoint's code writes in
    /// the transaction, what it claims, and the work that follows, in one commit.
    /// </summary>
    /// <param name="entry">As it was read: it is released only while it is held for that reason.</param>
    /// <param name="hasFollowed">
    /// True for one that was stored before it was held: everything has followed from it already.
    /// </param>
    ValueTask<ReleaseOutcome> ReleaseAsync(Entry entry, bool hasFollowed);

    /// <summary>
    /// Runs an entry that was refused, and is held with its body, by the rules that are in force now.
    /// </summary>
    ValueTask<SecondRunVerdict> RunAgainAsync(Entry entry);

    /// <summary>How often the bytes of an entry that was refused came since the start: 1 for once.</summary>
    long TimesCame(Entry entry);
}
