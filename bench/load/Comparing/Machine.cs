using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Postroom.Load.Comparing;

/// <summary>What the figures were measured on and with.</summary>
internal sealed record Machine(
    string Processor, int Cores, string Memory, string Kernel, string Disk, string Runtime, string Node, string Fastify,
    string BetterSqlite, string Revision)
{
    internal static Machine Read(string dataFolder)
    {
        return new Machine(
            FieldOf("/proc/cpuinfo", "model name"),
            Environment.ProcessorCount,
            FieldOf("/proc/meminfo", "MemTotal"),
            File.ReadAllText("/proc/sys/kernel/osrelease").Trim(),
            OutputOf("df", "--output=source,fstype", dataFolder).Split('\n')[^1],
            RuntimeInformation.FrameworkDescription,
            OutputOf("node", "--version"),
            VersionOf("fastify"),
            VersionOf("better-sqlite3"),
            OutputOf("git", "describe", "--always", "--dirty"));
    }

    private static string FieldOf(string file, string field)
    {
        var line = File.ReadLines(file).FirstOrDefault(line => line.StartsWith(field, StringComparison.Ordinal));
        return line is null ? "unknown" : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }

    private static string VersionOf(string package)
    {
        var file = $"bench/rivals/fastify/node_modules/{package}/package.json";
        return File.Exists(file) ? (string?)JsonNode.Parse(File.ReadAllText(file))?["version"] ?? "?" : "not installed";
    }

    private static string OutputOf(string command, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true };
            using var process = Process.Start(start);
            return process?.StandardOutput.ReadToEnd().Trim() ?? "unknown";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "not installed";
        }
    }
}
