using Postroom.Storage.Records;

namespace Postroom.Sqlite.Records;

/// <summary>What a row of records holds beside its document.</summary>
/// <param name="Row">Its number.</param>
/// <param name="Version">The version of the record.</param>
/// <param name="HeldUntil">As <see cref="Record.HeldUntil"/>.</param>
internal readonly record struct RecordFacts(long Row, long Version, long? HeldUntil)
{
    public bool Counts(long now) => HeldUntil is not { } until || until > now;
}
