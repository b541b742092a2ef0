namespace Postroom.Sqlite.Backups;

/// <summary>What a copy of a database was found to hold.</summary>
/// <param name="Schema">How many migrations it has.</param>
/// <param name="Entries">Its entries by endpoint.</param>
internal sealed record DatabaseFacts(int Schema, IReadOnlyList<EntriesOf> Entries);
