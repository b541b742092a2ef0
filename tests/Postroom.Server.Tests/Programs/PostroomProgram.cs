using System.Diagnostics;
using System.Runtime.InteropServices;
using Postroom.Tests.Walls;

namespace Postroom.Server.Tests.Programs;

/// <summary>The executable as a shell sees it.</summary>
internal static class PostroomProgram
{
    public const int Terminate = 15;

    /// <summary>A bound for what should take a second, on a machine with other work.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public static string Path { get; } = Built("Postroom.Server");

    /// <summary>The tests lie in artifacts/bin/NAME/CONFIGURATION, and the program beside them in the same configuration.</summary>
    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Name;

    /// <summary>The program of a project of this repository.</summary>
    public static string Built(string project) => System.IO.Path.Combine(
        Repository.Root, "artifacts", "bin", project, Configuration, OperatingSystem.IsWindows() ? project + ".exe" : project);

    /// <summary>Runs the program to its end.</summary>
    public static Task<ProgramResult> RunAsync(params string[] arguments) => RunAsync(new ProgramStart(Path, arguments));

    public static async Task<ProgramResult> RunAsync(ProgramStart start)
    {
        using var process = Process.Start(start.Info())!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(start.Patience ?? Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{start.Program} {string.Join(' ', start.Arguments)} did not end.");
        }

        return new ProgramResult(process.ExitCode, await output, await error);
    }

    public static void Signal(Process process, int signal) =>
        Assert.Equal(0, Kill(process.Id, signal));

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
