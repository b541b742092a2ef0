using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Postroom.Sqlite;
using Postroom.Storage;

namespace Postroom.Store.Bench;

/// <summary>
/// Callers in a closed loop: each looks its key up, commits an entry with key and answer, and begins again.
/// </summary>
internal static class PostBench
{
    private static readonly byte[] s_document = Encoding.UTF8.GetBytes(
        """{"name":"Ada Lovelace","email":"ada@example.com","subject":"A question about your engine","message":"Dear all, I would like to know whether the engine can be taught to weave algebraic patterns as the loom weaves flowers and leaves. Kind regards, Ada"}""");

    private static readonly byte[] s_answer = Encoding.UTF8.GetBytes(
        """{"message":"Thank you for contacting us, Ada Lovelace!","id":"0198c0de-0000-7000-8000-000000000000","receivedAt":"2026-01-02T03:04:05Z"}""");

    public static async Task RunAsync(int callers, TimeSpan duration)
    {
        var folder = Directory.CreateTempSubdirectory("postroom-bench-");
        var probe = new BatchCounter();
        var options = new SqliteStoreOptions { Folder = folder.FullName, Probe = probe };
        var store = await SqlitePostStore.OpenAsync(
            options, TimeProvider.System, EntropySource.System, NullLogger.Instance);
        await CallAsync(store, callers, TimeSpan.FromSeconds(1));

        var (writerBefore, processBefore, batchesBefore) = (WriterTime(), ProcessTime(), probe.Batches);
        var watch = Stopwatch.StartNew();
        var delays = await CallAsync(store, callers, duration);
        var elapsed = watch.Elapsed;
        var (writer, process, batches) =
            (WriterTime() - writerBefore, ProcessTime() - processBefore, probe.Batches - batchesBefore);

        await store.DisposeAsync();
        folder.Delete(recursive: true);
        delays.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{callers,4} callers: {delays.Count / elapsed.TotalSeconds,7:0}/s"
                + $"  batch {(double)delays.Count / batches,5:0.0}"
                + $"  writer {Each(writer, delays.Count),5:0.00} µs  process {Each(process, delays.Count),5:0.00} µs"
                + $"  p50 {delays[delays.Count / 2].TotalMilliseconds:0.00} ms"
                + $"  p99 {delays[delays.Count * 99 / 100].TotalMilliseconds:0.00} ms"));
    }

    /// <summary>POSTs a second that a store takes, after a second of warm-up.</summary>
    public static async Task<double> RateAsync(IPostStore store, int callers, TimeSpan duration)
    {
        await CallAsync(store, callers, TimeSpan.FromSeconds(1));
        return (await CallAsync(store, callers, duration)).Count / duration.TotalSeconds;
    }

    private static double Each(TimeSpan time, int count) => time.TotalMicroseconds / count;

    private static async Task<List<TimeSpan>> CallAsync(IPostStore store, int callers, TimeSpan duration)
    {
        var begin = Stopwatch.GetTimestamp();
        var all = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            var delays = new List<TimeSpan>(1 << 16);
            while (Stopwatch.GetElapsedTime(begin) < duration)
            {
                var sent = Stopwatch.GetTimestamp();
                await PostAsync(store);
                delays.Add(Stopwatch.GetElapsedTime(sent));
            }

            return delays;
        })));
        return [.. all.SelectMany(delays => delays)];
    }

    private static async ValueTask PostAsync(IPostStore store)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var (key, fingerprint) = FreshKey();
        if (await store.FindKeyAsync(key, now) is not null)
        {
            throw new InvalidOperationException("A fresh key was found.");
        }

        var entry = new Entry
        {
            Id = store.Ids.Next(),
            Endpoint = "/api/contact",
            ReceivedAt = now,
            Document = s_document,
            MediaType = "application/json",
            Key = key,
            Fingerprint = fingerprint,
            ExpiresAt = now + 86_400_000,
            Answer = new StoredAnswer(201, s_answer, "/thanks.html"),
            Agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            Address = "192.0.2.0",
            Origin = "https://www.example.com",
        };
        var outcome = await store.CommitAsync(new PostUnit
        {
            Guards = [new KeyFree(key, fingerprint, now)],
            Writes = [new InsertEntry(entry)],
        });
        if (outcome.Verdict != UnitVerdict.Committed)
        {
            throw new InvalidOperationException($"A fresh unit ended as {outcome.Verdict}.");
        }
    }

    private static (KeyHash Key, Fingerprint Fingerprint) FreshKey()
    {
        Span<byte> digest = stackalloc byte[Fingerprint.Size];
        RandomNumberGenerator.Fill(digest);
        return (KeyHash.Read(digest), Fingerprint.Read(digest));
    }

    private static TimeSpan ProcessTime() => Environment.CpuUsage.TotalTime;

    // The first number of schedstat is the thread's time on a processor, in nanoseconds.
    private static TimeSpan WriterTime()
    {
        foreach (var task in Directory.EnumerateDirectories("/proc/self/task"))
        {
            if (File.ReadAllText(Path.Combine(task, "comm")).Trim() == "postroom-writer")
            {
                var used = File.ReadAllText(Path.Combine(task, "schedstat")).Split(' ')[0];
                return TimeSpan.FromMicroseconds(long.Parse(used, CultureInfo.InvariantCulture) / 1000);
            }
        }

        throw new InvalidOperationException("There is no writer thread.");
    }

    private sealed class BatchCounter : IStoreProbe
    {
        private int _batches;

        public int Batches => Volatile.Read(ref _batches);

        public void Reached(string point)
        {
            if (ReferenceEquals(point, StorePoints.BatchBegun))
            {
                Interlocked.Increment(ref _batches);
            }
        }
    }
}
