namespace Postroom.Crash.Tests.Processes;

/// <summary>A folder that goes with the test; in memory where only its content matters.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private static int s_count;

    private ScratchFolder(string parent)
    {
        var name = $"postroom-crash-{Environment.ProcessId}-{Interlocked.Increment(ref s_count)}";
        Path = Directory.CreateDirectory(System.IO.Path.Combine(parent, name)).FullName;
    }

    public string Path { get; }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>On a real disk, with its real fsync.</summary>
    public static ScratchFolder OnDisk() => new(System.IO.Path.GetTempPath());

    public static ScratchFolder InMemory() =>
        Directory.Exists("/dev/shm") ? new("/dev/shm") : new(System.IO.Path.GetTempPath());

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
