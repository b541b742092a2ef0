using System.Runtime.InteropServices;

namespace Postroom.Sqlite;

/// <summary>What the framework's files cannot do on Unix.</summary>
internal static partial class UnixFiles
{
    private const int ReadOnly = 0;

    /// <summary>
    /// Reads the beginning of a file that another process has locked, or nothing. The framework would ask for the lock.
    /// </summary>
    public static ReadOnlySpan<byte> ReadLocked(string path, Span<byte> buffer)
    {
        var descriptor = Open(path, ReadOnly);
        if (descriptor < 0)
        {
            return [];
        }

        var read = Read(descriptor, buffer, buffer.Length);
        _ = Close(descriptor);
        return buffer[..(int)Math.Max(read, 0)];
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(int descriptor, Span<byte> buffer, nint count);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
