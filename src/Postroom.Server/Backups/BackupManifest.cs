using Postroom.Sqlite.Backups;

namespace Postroom.Server.Backups;

/// <summary>What a backup says of itself. It is written last, so a folder with one is complete.</summary>
/// <param name="Format">The form of the backup; 1.</param>
/// <param name="Postroom">The version of the program that made it.</param>
/// <param name="Made">When it was begun: everything acknowledged before is in it.</param>
/// <param name="Schema">How many migrations its database has.</param>
/// <param name="Entries">Its entries by endpoint, counted in the copy.</param>
/// <param name="Files">Every other file of the backup.</param>
internal sealed record BackupManifest(
    int Format, string Postroom, DateTimeOffset Made, int Schema, IReadOnlyList<EntriesOf> Entries,
    IReadOnlyList<BackupFile> Files)
{
    public const int CurrentFormat = 1;
    public const string FileName = "manifest.json";
}
