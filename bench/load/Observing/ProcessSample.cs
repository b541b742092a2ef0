using System.Globalization;

namespace Postroom.Load.Observing;

/// <summary>What the kernel has charged to a process and to each of its threads, read from /proc.</summary>
internal sealed record ProcessSample(
    double CpuMicroseconds, long PeakKibibytes, long ResidentKibibytes, IReadOnlyList<ThreadSample> Threads)
{
    private const double MicrosecondsPerTick = 10_000; // USER_HZ is 100 on every Linux that .NET runs on

    internal static ProcessSample Of(int process)
    {
        var root = $"/proc/{process}";
        var status = ReadFields($"{root}/status");
        var threads = new List<ThreadSample>();
        foreach (var folder in Directory.EnumerateDirectories($"{root}/task"))
        {
            if (TryReadThread(folder) is { } thread)
            {
                threads.Add(thread);
            }
        }

        return new ProcessSample(
            ReadTicks($"{root}/stat") * MicrosecondsPerTick, status["VmHWM"], status["VmRSS"], threads);
    }

    private static ThreadSample? TryReadThread(string folder)
    {
        try
        {
            var fields = ReadFields($"{folder}/status");
            return new ThreadSample(
                int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture),
                File.ReadAllText($"{folder}/comm").TrimEnd(),
                ReadThreadCpu(folder),
                fields["voluntary_ctxt_switches"],
                fields["nonvoluntary_ctxt_switches"]);
        }
        catch (IOException)
        {
            return null; // the thread ended between the listing and the reading
        }
    }

    // schedstat counts nanoseconds where the kernel has it; stat only counts ticks of 10 ms.
    private static double ReadThreadCpu(string folder)
    {
        var path = $"{folder}/schedstat";
        return File.Exists(path)
            ? long.Parse(File.ReadAllText(path).Split(' ')[0], CultureInfo.InvariantCulture) / 1000.0
            : ReadTicks($"{folder}/stat") * MicrosecondsPerTick;
    }

    private static long ReadTicks(string path)
    {
        // The name stands in parentheses and may hold spaces; utime and stime are fields 14 and 15 (proc_pid_stat(5)).
        var text = File.ReadAllText(path);
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return long.Parse(fields[11], CultureInfo.InvariantCulture)
            + long.Parse(fields[12], CultureInfo.InvariantCulture);
    }

    private static Dictionary<string, long> ReadFields(string path)
    {
        var fields = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(path))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var value = line.AsSpan(colon + 1).Trim();
            var space = value.IndexOf(' ');
            if (long.TryParse(space < 0 ? value : value[..space], CultureInfo.InvariantCulture, out var number))
            {
                fields[line[..colon]] = number;
            }
        }

        return fields;
    }
}
