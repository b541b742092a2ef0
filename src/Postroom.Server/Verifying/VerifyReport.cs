using Postroom.Sqlite.Backups;
using Postroom.Sqlite.Verifying;

namespace Postroom.Server.Verifying;

/// <summary>What <c>verify --json</c> writes.</summary>
/// <param name="Folder">The data folder.</param>
/// <param name="Fine">True when there are no findings.</param>
/// <param name="Entries">The entries by endpoint and state.</param>
/// <param name="Files">How many uploaded files the entries name.</param>
/// <param name="Findings">What is not as it should be.</param>
internal sealed record VerifyReport(
    string Folder, bool Fine, IReadOnlyList<EntriesOf> Entries, long Files, IReadOnlyList<Finding> Findings);
