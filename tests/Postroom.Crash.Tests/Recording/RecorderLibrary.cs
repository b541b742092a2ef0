using System.Diagnostics;
using System.Security.Cryptography;
using Postroom.Crash.Tests.Processes;

namespace Postroom.Crash.Tests.Recording;

/// <summary>The recorder, compiled once for its present source.</summary>
internal static class RecorderLibrary
{
    private static readonly Lazy<(string? Path, string? Missing)> Built = new(Build);

    /// <summary>The path of the library; skips the running test, with the reason, where it cannot be had.</summary>
    public static string Require()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The recorder is an LD_PRELOAD library: Linux only.");
        var (path, missing) = Built.Value;
        Assert.SkipWhen(path is null, missing ?? "");
        return path!;
    }

    private static (string?, string?) Build()
    {
        var sources = Directory.GetFiles(RepositoryLayout.Folder("tests/Postroom.Crash.Recorder")).Order().ToArray();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var source in sources)
        {
            hash.AppendData(File.ReadAllBytes(source));
        }

        var folder = Directory.CreateDirectory(RepositoryLayout.Folder("artifacts/crash")).FullName;
        var library = Path.Combine(folder, $"recorder-{Convert.ToHexStringLower(hash.GetHashAndReset())[..16]}.so");
        return File.Exists(library) ? (library, null) : Compile(sources, library);
    }

    private static (string?, string?) Compile(string[] sources, string library)
    {
        var unfinished = $"{library}.{Environment.ProcessId}";
        var start = new ProcessStartInfo("gcc") { RedirectStandardError = true };
        string[] options = ["-std=c11", "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", unfinished];
        var units = sources.Where(source => source.EndsWith(".c", StringComparison.Ordinal));
        foreach (var argument in options.Concat(units).Append("-ldl"))
        {
            start.ArgumentList.Add(argument);
        }

        Process compiler;
        try
        {
            compiler = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (null, "There is no C compiler (gcc) to build the recorder with.");
        }
        var complaints = compiler.StandardError.ReadToEnd();
        compiler.WaitForExit();
        if (compiler.ExitCode != 0)
        {
            throw new InvalidOperationException($"The recorder does not compile:\n{complaints}");
        }

        File.Move(unfinished, library, overwrite: true);
        return (library, null);
    }
}
