using System.Globalization;

namespace Postroom.Server.Backups;

/// <summary>The names in a backup, and of the folders that are backups, complete or not.</summary>
internal static class BackupNames
{
    public const string Database = "postroom.db";
    public const string Uploads = "files";

    /// <summary>What a folder's name ends with until all of it is on the disk.</summary>
    public const string PartialEnd = ".partial";

    private const string Begin = "postroom-backup-";
    private const string LockName = ".lock";

    public static string Of(DateTimeOffset made) =>
        Begin + made.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The complete backups in a folder, oldest first.</summary>
    public static IEnumerable<string> Complete(string place) => Directory.EnumerateDirectories(place, Begin + "*")
        .Where(folder => !folder.EndsWith(PartialEnd, StringComparison.Ordinal)
            && File.Exists(Path.Combine(folder, BackupManifest.FileName)))
        .Order(StringComparer.Ordinal);

    /// <summary>Removes what interrupted backups left; one that is being made is locked.</summary>
    public static void RemoveLeftOver(string place)
    {
        foreach (var folder in Directory.EnumerateDirectories(place, Begin + "*" + PartialEnd))
        {
            try
            {
                Lock(folder).Dispose();
                Directory.Delete(folder, recursive: true);
            }
            catch (IOException)
            {
                // Another backup into the same place goes on.
            }
        }
    }

    public static FileStream Lock(string folder) =>
        new(Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    public static void Unlock(string folder) => File.Delete(Path.Combine(folder, LockName));
}
