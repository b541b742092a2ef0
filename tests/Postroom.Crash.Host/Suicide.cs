using System.Runtime.InteropServices;

namespace Postroom.Crash.Host;

/// <summary>Ends the process as SIGKILL does: no handler runs, nothing is flushed.</summary>
internal static class Suicide
{
    private const int SignalKill = 9;

    public static void Now()
    {
        _ = kill(Environment.ProcessId, SignalKill);
        Thread.Sleep(Timeout.Infinite); // the signal is on its way; nothing more may happen on this thread
    }

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int process, int signal);
}
