using System.Diagnostics;
using System.Globalization;

namespace Postroom.Load.Comparing;

/// <summary>Whether exactly what was acknowledged is stored, read from the files that a killed server left.</summary>
internal sealed record StoreCheck(long Acknowledged, long Unknown, long Stored, long Missing)
{
    /// <summary>Nothing lost, nothing doubled; what lost its answer on the way may or may not be there.</summary>
    public bool Holds => Missing == 0 && Stored >= Acknowledged && Stored <= Acknowledged + Unknown;

    internal static StoreCheck? Of(Contestant contestant, RunningServer killed, string folder)
    {
        if (contestant.CountQuery is null)
        {
            return null;
        }

        var file = FindStore(folder);
        var stored = long.Parse(Query(file, contestant.CountQuery).Single(), CultureInfo.InvariantCulture);
        long missing = 0;
        if (contestant.KeysQuery is not null)
        {
            var keys = killed.AcknowledgedKeys();
            keys.ExceptWith(Query(file, contestant.KeysQuery).Select(Guid.Parse));
            missing = keys.Count;
        }

        return new StoreCheck(killed.Acknowledged.Count, killed.Acknowledged.Unknown, stored, missing);
    }

    internal static string SqliteVersion() => Query(":memory:", "SELECT sqlite_version()").Single();

    private static string FindStore(string folder)
    {
        return Directory.EnumerateFiles(folder, "*.db", SearchOption.AllDirectories)
            .First(file => Query(file, "SELECT name FROM sqlite_master WHERE name = 'entries'").Any());
    }

    private static IEnumerable<string> Query(string file, string query)
    {
        var start = new ProcessStartInfo("sqlite3", ["-batch", "-noheader", file, query])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start) ?? throw new IOException("could not start sqlite3");
        while (process.StandardOutput.ReadLine() is { } line)
        {
            yield return line;
        }

        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new IOException($"sqlite3 ended with {process.ExitCode} on {file}");
        }
    }
}
