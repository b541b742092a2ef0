using Microsoft.Win32.SafeHandles;

namespace Postroom.Files;

/// <summary>Opens files that nobody but the process's own user may read.</summary>
internal static class DiskFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes a file that is not there yet.</summary>
    public static SafeFileHandle Create(string path) => Open(path, FileMode.CreateNew);

    public static SafeFileHandle OpenOrCreate(string path) => Open(path, FileMode.OpenOrCreate);

    private static SafeFileHandle Open(string path, FileMode mode)
    {
        var handle = File.OpenHandle(path, mode, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(handle, OwnerOnly);
        }

        return handle;
    }
}
