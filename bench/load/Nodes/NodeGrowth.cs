using System.Diagnostics;
using System.Globalization;

namespace Postroom.Load.Nodes;

/// <summary>Claims and prunes of the store beside many entries; what measures them is a program of its own.</summary>
internal static class NodeGrowth
{
    private const string Program = "artifacts/bin/Postroom.Store.Bench/release/Postroom.Store.Bench";
    private const long BytesEach = 2500; // of table, indexes and log, rounded up

    /// <summary>A table in Markdown.</summary>
    internal static string Run(DatabaseServer server, string folder, long entries)
    {
        if (new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace < entries * BytesEach)
        {
            throw new IOException($"{entries} entries want {entries * BytesEach >> 30} GiB free in {folder}");
        }

        server.Make("few");
        server.Make("many");
        string[] arguments =
        [
            "postgres-growth", server.Address("few"), server.Address("many"),
            entries.ToString(CultureInfo.InvariantCulture),
        ];
        using var process = Process.Start(new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true })
            ?? throw new IOException($"could not start {Program}");
        var table = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? table : throw new IOException($"{Program} ended with {process.ExitCode}");
    }
}
