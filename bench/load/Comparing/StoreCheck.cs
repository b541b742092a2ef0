using System.Collections;
using System.Diagnostics;
using System.Globalization;
using Postroom.Load.Driving;

namespace Postroom.Load.Comparing;

/// <summary>Whether exactly what was acknowledged is stored, read from the files that a killed server left.</summary>
internal sealed record StoreCheck(long Acknowledged, long Unknown, long Stored, long Missing, long Doubled)
{
    /// <summary>Nothing lost, nothing doubled; what lost its answer on the way may or may not be there.</summary>
    public bool Holds => Missing == 0 && Doubled == 0 && Stored >= Acknowledged && Stored <= Acknowledged + Unknown;

    internal static StoreCheck? Of(Contestant contestant, RunningServer killed, string folder)
    {
        if (contestant.NumbersQuery is null)
        {
            return null;
        }

        var numbers = NumbersIn(folder, contestant.NumbersQuery)
            .Select(line => int.Parse(line, NumberStyles.None, CultureInfo.InvariantCulture));
        return Compare(killed.Acknowledged, numbers);
    }

    /// <summary>What the query yields from the store's file in that folder.</summary>
    internal static IEnumerable<string> NumbersIn(string folder, string query) => Query(FindStore(folder), query);

    internal static StoreCheck Compare(AcknowledgedSet acknowledged, IEnumerable<int> numbers)
    {
        var seen = new BitArray(checked((int)acknowledged.Next));
        long stored = 0, doubled = 0;
        foreach (var number in numbers)
        {
            stored++;
            doubled += seen[number] ? 1 : 0;
            seen[number] = true;
        }

        var missing = acknowledged.Sequences().LongCount(number => !seen[(int)number]);
        return new StoreCheck(acknowledged.Count, acknowledged.Unknown, stored, missing, doubled);
    }

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
