using System.Globalization;
using System.Text;
using Postroom.Files;

namespace Postroom.Sqlite;

/// <summary>The folder of a store, and the lock that makes this process its only writer.</summary>
internal sealed class DataFolder : IDisposable
{
    /// <summary>The lock file. It stays when the process goes: deleting it would race with the next one.</summary>
    public const string LockName = "postroom.lock";

    /// <summary>The database.</summary>
    public const string DatabaseName = "postroom.db";

    /// <summary>The folder of the files that came with entries.</summary>
    public const string FilesName = "files";

    // What the kernel calls file systems whose locks and syncs cannot be trusted across machines.
    private static readonly string[] s_networkFileSystems =
    [
        "nfs", "nfs4", "cifs", "smb", "smb2", "smbfs", "9p", "v9fs", "afs", "ncp", "ncpfs", "coda", "ceph", "afpfs",
        "webdav",
    ];

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream @lock)
    {
        Path = path;
        _lock = @lock;
    }

    /// <summary>The full path.</summary>
    public string Path { get; }

    public string Database => System.IO.Path.Combine(Path, DatabaseName);

    /// <summary>Makes the folder if there is none, and takes its lock.</summary>
    /// <exception cref="DataFolderInUseException">Another process has it.</exception>
    /// <exception cref="StoreStartException">The folder is on a network file system.</exception>
    public static DataFolder Take(string folder)
    {
        var path = System.IO.Path.GetFullPath(folder);
        if (!Directory.Exists(path))
        {
            Create(path);
        }

        RefuseNetwork(path);
        var file = System.IO.Path.Combine(path, LockName);
        FileStream stream;
        try
        {
            stream = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, WhileHeld);
        }
        catch (IOException) when (File.Exists(file))
        {
            throw new DataFolderInUseException(path, ReadProcess(file));
        }

        stream.SetLength(0);
        stream.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
        stream.Flush();
        return new DataFolder(path, stream);
    }

    /// <summary>True while a process writes to the folder.</summary>
    public static bool IsTaken(string folder)
    {
        try
        {
            using var shared = new FileStream(
                System.IO.Path.Combine(folder, LockName), FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    public void Dispose() => _lock.Dispose();

    // On Unix a share of None is an advisory lock that a plain read passes; on Windows it would hide the number.
    private static FileShare WhileHeld =>
        OperatingSystem.IsWindows() ? FileShare.Read : FileShare.None;

    /// <summary>Makes the folder and those above it that are missing, each name synced where it stands.</summary>
    private static void Create(string path)
    {
        var above = System.IO.Path.GetDirectoryName(path);
        if (above is not null && !Directory.Exists(above))
        {
            Create(above);
        }

        MakeOne(path);
        FolderSync.Run(above ?? path);
    }

    private static void MakeOne(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        // What people send is nobody else's business on a shared machine.
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static int? ReadProcess(string file)
    {
        Span<byte> buffer = stackalloc byte[32];
        var text = OperatingSystem.IsWindows() ? File.ReadAllBytes(file) : UnixFiles.ReadLocked(file, buffer);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
    }

    private static void RefuseNetwork(string path)
    {
        var drive = new DriveInfo(path);
        if (drive.DriveType == DriveType.Network || s_networkFileSystems.Contains(drive.DriveFormat))
        {
            throw new StoreStartException(
                $"The data folder {path} is on a network file system ({drive.DriveFormat}), where neither locks nor "
                + "syncs can be trusted. Put it on a local disk.");
        }
    }
}
