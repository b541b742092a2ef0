using Postroom.Sqlite.Backups;

namespace Postroom.Sqlite.Verifying;

/// <summary>What a store was found to hold, and what is wrong with it.</summary>
/// <param name="Entries">Its entries by endpoint, counted row by row.</param>
/// <param name="Files">How many files its entries name.</param>
/// <param name="Findings">Empty when all is well.</param>
internal sealed record VerifiedStore(
    IReadOnlyList<EntriesOf> Entries, long Files, IReadOnlyList<Finding> Findings);
