namespace Postroom.Storage;

/// <summary>Knows what would have followed from an entry, had it not been held.</summary>
internal interface IEntryReleases
{
    /// <summary>
    /// The writes that a release adds to its unit, such as the <see cref="InsertJob"/> of everything that its endpoint
    /// declares; none for an endpoint that is no longer declared.
    /// </summary>
    IReadOnlyList<Write> FollowUps(Entry entry);

    /// <summary>
    /// Runs an entry that was refused, and is held with its body, by the rules that are in force now.
    /// </summary>
    ValueTask<SecondRunVerdict> RunAgainAsync(Entry entry);

    /// <summary>The values that a release claims, each with its guard: what its endpoint wants unique.</summary>
    IReadOnlyList<ClaimValue> Claims(Entry entry);
}
