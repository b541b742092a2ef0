namespace Postroom.Server.Erasing;

/// <summary>What was erased, without the person's data.</summary>
/// <param name="Person">
/// The HMAC-SHA-256 of the value under the store's secret: the same for the same person, and nothing to guess from.
/// </param>
/// <param name="At">When.</param>
/// <param name="Erased">False when it was only asked what would be.</param>
/// <param name="Rewritten">
/// True when the database was written anew, so that no copy of a row is left in its free space; a running server
/// overwrites rows where they stand.
/// </param>
/// <param name="Entries">The entries.</param>
/// <param name="NotSearched">Endpoints whose entries were not looked at, because nothing says whose they are.</param>
internal sealed record EraseReport(
    string Person, DateTimeOffset At, bool Erased, bool Rewritten, IReadOnlyList<ErasedEntry> Entries,
    IReadOnlyList<NotSearched> NotSearched);
