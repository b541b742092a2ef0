using System.Globalization;
using System.Text.Json;
using Postroom.Files;
using Postroom.Server.Commands;
using Postroom.Sqlite;
using Postroom.Sqlite.Backups;

namespace Postroom.Server.Backups;

/// <summary>Makes a data folder from a backup: beside its place first, checked, and then renamed.</summary>
internal sealed class RestoreRun(string backup, string data, ProgressLine progress)
{
    private const string PartialEnd = ".restoring";

    private readonly string _backup = Path.TrimEndingDirectorySeparator(Path.GetFullPath(backup));
    private readonly string _data = Path.TrimEndingDirectorySeparator(Path.GetFullPath(data));

    public int Run()
    {
        var manifest = ReadManifest();
        RefuseOccupied();
        var partial = _data + PartialEnd;
        if (Directory.Exists(partial))
        {
            Directory.Delete(partial, recursive: true);
        }

        DurableFiles.MakeFolder(partial);
        try
        {
            Fill(manifest, partial);
            Check(manifest, partial);

            // Other commands share the lock of a store at rest, before the first start too.
            File.Create(Path.Combine(partial, DataFolder.LockName)).Dispose();
            DurableFiles.SyncFolders(partial);
            Place(partial);
        }
        catch (Exception failure)
        {
            progress.End();
            Directory.Delete(partial, recursive: true);
            if (failure is IOException or UnauthorizedAccessException)
            {
                throw new CommandException(
                    $"The backup could not be restored: {failure.Message} Nothing was left behind.");
            }

            throw;
        }

        progress.End();
        var entries = manifest.Entries.Sum(count => count.Stored + count.Held + count.Refused + count.Running);
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Restored {entries} entries of {manifest.Made:yyyy-MM-dd HH:mm:ss} UTC to {_data}. Start the server: it "
            + $"answers repeats of what is in the backup as before; what was acknowledged later is not in it."));
        return ExitCodes.Done;
    }

    private BackupManifest ReadManifest()
    {
        var path = Path.Combine(_backup, BackupManifest.FileName);
        if (_backup.EndsWith(BackupNames.PartialEnd, StringComparison.Ordinal) || !File.Exists(path))
        {
            throw new CommandException(
                $"{_backup} is no complete backup: it has no {BackupManifest.FileName}, or its making was "
                + $"interrupted. Take another one.");
        }

        BackupManifest? manifest;
        try
        {
            using var input = File.OpenRead(path);
            manifest = JsonSerializer.Deserialize(input, ManifestJson.Default.BackupManifest);
        }
        catch (JsonException)
        {
            manifest = null;
        }

        return manifest?.Format switch
        {
            null => throw new CommandException($"{path} is damaged. Take another backup."),
            BackupManifest.CurrentFormat => manifest,
            _ => throw new CommandException(
                $"{_backup} was made by Postroom {manifest.Postroom}, whose backups this version cannot read. "
                + $"Restore it with that version."),
        };
    }

    private void RefuseOccupied()
    {
        if (File.Exists(_data) || (Directory.Exists(_data) && Directory.EnumerateFileSystemEntries(_data).Any()))
        {
            throw new CommandException(
                $"{_data} is not empty. Nothing was overwritten. Stop the server, move the folder away "
                + $"(`mv {_data} {_data}.old`), and restore again.");
        }
    }

    private void Fill(BackupManifest manifest, string partial)
    {
        var total = manifest.Files.Sum(file => file.Bytes);
        var done = 0L;
        foreach (var file in manifest.Files)
        {
            var source = Path.GetFullPath(Path.Combine(_backup, file.Path));
            if (!source.StartsWith(_backup + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                throw new CommandException($"The manifest names a file outside of the backup: {file.Path}");
            }

            if (!File.Exists(source) || DurableFiles.Copy(source, Path.Combine(partial, file.Path), file.Path, bytes =>
                    progress.Report("Restoring", done += bytes, total)) != file)
            {
                throw new CommandException(
                    $"{file.Path} of the backup is missing or not what the manifest says. The backup is damaged: "
                    + $"take another one.");
            }
        }
    }

    private static void Check(BackupManifest manifest, string partial)
    {
        var facts = DatabaseCopy.Check(Path.Combine(partial, BackupNames.Database));
        if (!facts.Entries.SequenceEqual(manifest.Entries))
        {
            throw new CommandException(
                "The database of the backup does not hold the entries that the manifest counts. Take another backup.");
        }
    }

    private void Place(string partial)
    {
        if (Directory.Exists(_data))
        {
            Directory.Delete(_data);
        }

        Directory.Move(partial, _data);
        FolderSync.Run(Path.GetDirectoryName(_data)!);
    }
}
