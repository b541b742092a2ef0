using System.Globalization;
using System.Text.Json;
using Postroom.Declarations;
using Postroom.Files;
using Postroom.Server.Commands;
using Postroom.Sqlite;
using Postroom.Sqlite.Backups;
using Postroom.Sqlite.Engine;
using Postroom.Storage;

namespace Postroom.Server.Backups;

/// <summary>
/// Makes a backup under a name that nobody takes for one, checks it, and renames it when all of it is on the disk.
/// </summary>
internal sealed class BackupRun(
    string data, string to, int? keep, TimeProvider time, ProgressLine progress, BucketDeclaration? bucket = null)
{
    private readonly DateTimeOffset _made = time.GetUtcNow();
    private readonly string _place = Path.TrimEndingDirectorySeparator(Path.GetFullPath(to));

    public int Run()
    {
        RefuseInside();
        var target = Path.Combine(_place, BackupNames.Of(_made));
        if (Directory.Exists(target))
        {
            throw new CommandException($"{target} exists already. Nothing was overwritten. Try again in a second.");
        }

        DurableFiles.MakeFolder(_place);
        BackupNames.RemoveLeftOver(_place);
        var manifest = Make(target);
        progress.End();
        Console.Out.WriteLine(target);
        Console.Error.WriteLine(Summary(manifest));
        RemoveOlder();
        return ExitCodes.Done;
    }

    private void RefuseInside()
    {
        var folder = Path.TrimEndingDirectorySeparator(data) + Path.DirectorySeparatorChar;
        if ((_place + Path.DirectorySeparatorChar).StartsWith(folder, StringComparison.Ordinal))
        {
            throw new CommandException(
                $"{_place} is inside the data folder {data}. Put backups elsewhere, best on another disk.");
        }
    }

    private BackupManifest Make(string target)
    {
        var partial = target + BackupNames.PartialEnd;
        DurableFiles.MakeFolder(partial);
        try
        {
            BackupManifest manifest;
            using (BackupNames.Lock(partial))
            {
                manifest = Fill(partial);
                BackupNames.Unlock(partial);
            }

            DurableFiles.SyncFolders(partial);
            Directory.Move(partial, target);
            FolderSync.Run(_place);
            return manifest;
        }
        catch (Exception failure)
        {
            progress.End();
            Directory.Delete(partial, recursive: true);
            if (failure is SqliteException or IOException or UnauthorizedAccessException)
            {
                throw new CommandException(
                    $"The backup could not be made: {failure.Message} Nothing was left behind. Look whether {_place} "
                    + $"has space and may be written, then try again.");
            }

            throw;
        }
    }

    private BackupManifest Fill(string partial)
    {
        var files = new List<BackupFile>();
        var database = Path.Combine(partial, BackupNames.Database);
        DatabaseCopy.Make(data, database, (done, total) => progress.Report("Copying the database", done, total));
        var facts = DatabaseCopy.Check(database);
        var total = new FileInfo(database).Length;
        var read = 0L;
        files.Add(DurableFiles.Digest(database, BackupNames.Database, bytes =>
            progress.Report("Reading the copy", read += bytes, total)));
        if (bucket is null)
        {
            CopyUploads(partial, DatabaseCopy.Files(database), files);
        }

        var manifest = new BackupManifest(
            BackupManifest.CurrentFormat, ProgramVersion.Text, _made, facts.Schema, facts.Entries, files);
        using var output = new FileStream(Path.Combine(partial, BackupManifest.FileName), FileMode.CreateNew);
        JsonSerializer.Serialize(output, manifest, ManifestJson.Default.BackupManifest);
        output.Flush(flushToDisk: true);
        return manifest;
    }

    // After the database, and those that the copy names: a file is there before the row that names it, so none is
    // missed. One that is gone was deleted with its entry meanwhile; what no row names is left over from a crash.
    private void CopyUploads(string partial, IReadOnlyList<(EntryId Id, long Size)> named, List<BackupFile> files)
    {
        var disk = new DiskFileStore(Path.Combine(data, BackupNames.Uploads));
        var total = named.Sum(file => file.Size);
        var done = 0L;
        foreach (var (id, _) in named)
        {
            var path = disk.PathOf(id);
            var name = Path.GetRelativePath(data, path).Replace(Path.DirectorySeparatorChar, '/');
            var target = Path.Combine(partial, name);
            try
            {
                files.Add(DurableFiles.Copy(path, target, name, bytes =>
                    progress.Report("Copying files", done += bytes, total)));
            }
            catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
            {
                File.Delete(target);
            }
        }
    }

    private void RemoveOlder()
    {
        if (keep is { } count)
        {
            foreach (var old in BackupNames.Complete(_place).SkipLast(count))
            {
                // The name first: what is half deleted must not look complete.
                Directory.Move(old, old + BackupNames.PartialEnd);
                Directory.Delete(old + BackupNames.PartialEnd, recursive: true);
            }
        }
    }

    private string Summary(BackupManifest manifest)
    {
        var entries = manifest.Entries.Sum(count => count.Stored + count.Held + count.Refused + count.Running);
        var bytes = manifest.Files.Sum(file => file.Bytes);
        var where = bucket is null ? "" : $"Uploaded files are in the bucket {bucket}: protect them there. ";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Complete and checked: {entries} entries, {manifest.Files.Count - 1} uploaded files, {bytes} bytes. "
            + $"{where}"
            + $"It holds people's data and the store's secret: guard it as you guard the data folder.");
    }
}
