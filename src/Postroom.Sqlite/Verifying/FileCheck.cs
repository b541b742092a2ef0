using System.Security.Cryptography;
using Postroom.Files;
using Postroom.Sqlite.Engine;
using Postroom.Sqlite.Keys;
using Postroom.Storage;

namespace Postroom.Sqlite.Verifying;

/// <summary>
/// Compares what the database knows of files with what is there. What a server removes meanwhile is no finding, so a
/// second connection is asked again before one is made.
/// </summary>
internal sealed class FileCheck(
    SqliteConnection moment, SqliteConnection present, string folder, bool deep, FindingList findings)
{
    private static readonly TimeSpan s_grace = TimeSpan.FromHours(1);

    private readonly string _uploads = Path.Combine(folder, DataFolder.FilesName);

    /// <summary>How many files the database names.</summary>
    public long Count()
    {
        using var select = moment.Prepare("SELECT count(*) FROM entry_files");
        return select.Step() ? select.Number(0) : 0;
    }

    /// <summary>Looks at the files of entries.</summary>
    /// <returns>How many the database names.</returns>
    public long RunOverRows()
    {
        var disk = new DiskFileStore(_uploads);
        using var known = present.Prepare("SELECT 1 FROM entry_files WHERE id = ?1");
        using var select = moment.Prepare("SELECT id, size, digest FROM entry_files ORDER BY id");
        var count = 0L;
        while (select.Step())
        {
            count++;
            var file = new FileInfo(disk.PathOf(EntryId.Read(select.Bytes(0))));
            if (Judge(file, select.Number(1), select.Bytes(2)) is { } kind && IsKnown(known, select.Bytes(0)))
            {
                findings.Add(kind, Path.GetRelativePath(folder, file.FullName));
            }
        }

        return count;
    }

    /// <summary>Looks for files that no entry names.</summary>
    public void RunOverFolder(DateTimeOffset now)
    {
        if (!Directory.Exists(_uploads))
        {
            return;
        }

        var disk = new DiskFileStore(_uploads);
        var idBytes = new byte[EntryId.Size];
        using var known = present.Prepare(
            "SELECT 1 FROM entry_files WHERE id = ?1 UNION ALL SELECT 1 FROM uploads WHERE id = ?1 AND state = 0");
        foreach (var file in new DirectoryInfo(_uploads).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            if (disk.IdOf(file) is { } id)
            {
                id.WriteTo(idBytes);
                if (IsKnown(known, idBytes))
                {
                    continue;
                }
            }

            file.Refresh();
            if (file.Exists && file.LastWriteTimeUtc < now - s_grace)
            {
                findings.Add(FindingKind.Orphan, Path.GetRelativePath(folder, file.FullName));
            }
        }
    }

    /// <summary>Looks at the key files.</summary>
    public void RunOverKeys()
    {
        foreach (var facts in GenerationTable.List(moment))
        {
            if (!IsWhole(facts) && GenerationTable.List(present).Contains(facts))
            {
                findings.Add(FindingKind.Keys, Path.GetFileName(KeyFile.Path(folder, facts.Number)));
            }
        }
    }

    private static bool IsKnown(SqliteStatement known, ReadOnlySpan<byte> id)
    {
        known.BindBlob(1, id);
        var isKnown = known.Step();
        known.Reset();
        return isKnown;
    }

    private FindingKind? Judge(FileInfo file, long size, ReadOnlySpan<byte> digest)
    {
        if (!file.Exists)
        {
            return FindingKind.FileMissing;
        }

        if (file.Length != size)
        {
            return FindingKind.FileSize;
        }

        if (!deep)
        {
            return null;
        }

        try
        {
            using var bytes = file.OpenRead();
            return digest.SequenceEqual(SHA256.HashData(bytes)) ? null : FindingKind.FileDigest;
        }
        catch (FileNotFoundException)
        {
            return FindingKind.FileMissing;
        }
    }

    private bool IsWhole(GenerationFacts facts)
    {
        try
        {
            using (SealedKeys.Open(folder, facts))
            {
                return !deep || AreBlocksWhole(facts);
            }
        }
        catch (KeyFileException)
        {
            return false;
        }
    }

    private bool AreBlocksWhole(GenerationFacts facts)
    {
        using var file = File.OpenRead(KeyFile.Path(folder, facts.Number));
        file.Position = KeyFile.BlockBytes;
        var block = new byte[KeyFile.BlockBytes];
        for (var number = 0; number < KeyFile.Blocks(facts.Keys); number++)
        {
            file.ReadExactly(block);
            if (!KeyFile.IsBlockWhole(block))
            {
                return false;
            }
        }

        return true;
    }
}
