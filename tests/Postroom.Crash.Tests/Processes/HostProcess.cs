using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Postroom.Crash.Tests.Processes;

/// <summary>A program of ours that runs as its own process, so that it can be killed.</summary>
internal sealed class HostProcess : IDisposable
{
    private readonly Process _process;
    private readonly List<string> _errors = [];

    private HostProcess(Process process)
    {
        _process = process;
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors)
                _errors.Add(line.Data ?? "");
        };
        process.BeginErrorReadLine();
    }

    public StreamReader Output => _process.StandardOutput;
    public bool HasExited => _process.HasExited;

    public string Errors
    {
        get
        {
            lock (_errors)
                return string.Join('\n', _errors);
        }
    }

    public static HostProcess Start(string program, IEnumerable<string> arguments, RecordedRun? recorded = null)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (name, value) in recorded?.Environment ?? [])
        {
            start.Environment[name] = value;
        }

        return new HostProcess(Process.Start(start)!);
    }

    /// <summary>For programs whose output nobody reads: a full pipe would stop them.</summary>
    public void DiscardOutput() => _process.BeginOutputReadLine();

    /// <summary>SIGTERM: the polite way.</summary>
    public void Ask() => _ = kill(_process.Id, 15);

    /// <summary>SIGKILL.</summary>
    public void Kill() => _process.Kill();

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int process, int signal);

    public async Task<int> ExitCode(TimeSpan limit)
    {
        using var late = new CancellationTokenSource(limit);
        await _process.WaitForExitAsync(late.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.WaitForExit();
        _process.Dispose();
    }
}
