using System.Diagnostics;
using Postroom.Load.Driving;
using Postroom.Load.Wire;

namespace Postroom.Load.Observing;

/// <summary>Appends 4 KiB and fsyncs, again and again: what this disk alone charges for durability.</summary>
internal static unsafe class AppendLoop
{
    private const int BlockBytes = 4096;

    internal static (double Rate, LatencySummary Latency) Run(string folder, TimeSpan duration)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "append.bin");
        var latencies = new Latencies(1 << 16);
        var block = new byte[BlockBytes];
        using (var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            var descriptor = (int)file.DangerousGetHandle();
            var endsAt = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
            for (var now = Stopwatch.GetTimestamp(); now < endsAt;)
            {
                Random.Shared.NextBytes(block);
                now = Stopwatch.GetTimestamp();
                fixed (byte* start = block)
                {
                    LibC.Checked((int)LibC.Write(descriptor, start, BlockBytes), "write");
                }

                LibC.Checked(LibC.Fsync(descriptor), "fsync");
                var after = Stopwatch.GetTimestamp();
                latencies.Add(after - now);
                now = after;
            }
        }

        File.Delete(path);
        return (latencies.Count / duration.TotalSeconds, latencies.Summarise());
    }
}
