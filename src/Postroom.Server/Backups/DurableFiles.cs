using System.Security.Cryptography;
using Postroom.Files;

namespace Postroom.Server.Backups;

/// <summary>
/// Files and folders of a backup: hashed as they are copied, on stable storage when the call returns.
/// </summary>
internal static class DurableFiles
{
    private const int BufferBytes = 1024 * 1024;

    /// <summary>Makes a folder that nobody else on the machine may read.</summary>
    public static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Copies a file, and gives its size and digest.</summary>
    public static BackupFile Copy(string source, string target, string name, Action<long> copied)
    {
        MakeFolder(Path.GetDirectoryName(target)!);
        using var output = new FileStream(target, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0);
        var file = Read(source, name, bytes =>
        {
            output.Write(bytes);
            copied(bytes.Length);
        });
        output.Flush(flushToDisk: true);
        return file;
    }

    /// <summary>Reads a file for its size and digest.</summary>
    public static BackupFile Digest(string path, string name, Action<long> read) =>
        Read(path, name, bytes => read(bytes.Length));

    /// <summary>Makes the names in a folder and in those below it durable.</summary>
    public static void SyncFolders(string folder)
    {
        foreach (var below in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories))
        {
            FolderSync.Run(below);
        }

        FolderSync.Run(folder);
    }

    private static BackupFile Read(string path, string name, Action<ReadOnlySpan<byte>> take)
    {
        using var input = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferBytes];
        var total = 0L;
        while (input.Read(buffer) is var count and > 0)
        {
            hash.AppendData(buffer.AsSpan(0, count));
            take(buffer.AsSpan(0, count));
            total += count;
        }

        return new BackupFile(name, total, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
