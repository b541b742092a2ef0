using System.Runtime.InteropServices;

namespace Postroom.Crash.Host;

/// <summary>Uses a folder in every way that .NET offers, from several threads, for the recorder to follow.</summary>
internal static class DiskCalls
{
    public static int Run(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "below/deeper"));
        Parallel.For(0, 4, number => Fill(Path.Combine(folder, $"below/{number}.bin"), number));
        File.WriteAllText(Path.Combine(folder, "moved-from"), "moved");
        File.Move(Path.Combine(folder, "moved-from"), Path.Combine(folder, "below/moved-to"));
        File.WriteAllText(Path.Combine(folder, "replaced"), "old");
        File.WriteAllText(Path.Combine(folder, "replacement"), "new and longer");
        File.Move(Path.Combine(folder, "replacement"), Path.Combine(folder, "replaced"), overwrite: true);
        File.WriteAllText(Path.Combine(folder, "gone"), "gone");
        File.Delete(Path.Combine(folder, "gone"));
        Directory.CreateDirectory(Path.Combine(folder, "empty"));
        Directory.CreateDirectory(Path.Combine(folder, "removed"));
        Directory.Delete(Path.Combine(folder, "removed"));
        Directory.SetCurrentDirectory(folder);
        File.WriteAllText("./below/../relative", "relative");
        File.WriteAllText("relative", "cut and written anew");
        SyncByName(folder);
        return 0;
    }

    /// <summary>As a program does that must sync a folder, for which .NET has no call.</summary>
    private static void SyncByName(string folder)
    {
        var descriptor = open(folder, 0);
        _ = fsync(descriptor);
        _ = close(descriptor);
    }

    [DllImport("libc", CharSet = CharSet.Ansi)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fsync(int descriptor);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int close(int descriptor);

    private static void Fill(string path, int number)
    {
        var bytes = new byte[10_000];
        new Random(number).NextBytes(bytes);
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
        file.SetLength(7_000);
        ReadOnlyMemory<byte>[] pieces = [bytes.AsMemory(0, 700), bytes.AsMemory(5_000, 4_000)];
        RandomAccess.Write(file.SafeFileHandle, pieces, 3_500);
        file.Position = 20_000;
        file.Write(bytes.AsSpan(0, 33));
        file.Dispose();
        using var appended = new FileStream(path, FileMode.Append);
        appended.Write(bytes.AsSpan(0, 5_000));
        using var reserved = new FileStream(path + ".reserved", new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, PreallocationSize = 12_345,
        });
        reserved.Write(bytes.AsSpan(0, 10));
    }
}
