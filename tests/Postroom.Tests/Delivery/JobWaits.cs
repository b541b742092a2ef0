using Postroom.Storage;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Delivery;

/// <summary>Waits of a test for what the worker does on its own thread.</summary>
internal static class JobWaits
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);

    public static IReadOnlyList<Job> Jobs(this PostHost host, EntryId entry)
    {
        using var reader = host.Store.Read();
        return reader.ListJobs(entry);
    }

    /// <summary>Completes when the entry's one job stands as asked.</summary>
    public static async Task<Job> JobAsync(this PostHost host, EntryId entry, Func<Job, bool> stands)
    {
        Job? found = null;
        await Patience.UntilAsync(
            () => host.Jobs(entry) is [var job] && stands(found = job), "the job as asked");
        return found!;
    }

    public static Task<Job> JobAsync(this PostHost host, EntryId entry, JobState state) =>
        host.JobAsync(entry, job => job.State == state);

    /// <summary>Lets the worker look once for what is due, and completes when it has begun to wait again.</summary>
    public static async Task PollAsync(this PostHost host)
    {
        await host.Time.TimerMadeAsync(wait => wait == Poll);
        host.Time.Advance(Poll);
        await host.Time.TimerMadeAsync(wait => wait == Poll);
    }

    /// <summary>Moves the clock to that moment (Unix milliseconds) and lets the worker look.</summary>
    public static async Task AdvanceToAsync(this PostHost host, long moment)
    {
        await host.Time.TimerMadeAsync(wait => wait == Poll);
        var left = moment - host.Time.GetUtcNow().ToUnixTimeMilliseconds();
        host.Time.Advance(TimeSpan.FromMilliseconds(Math.Max(left, 0)));
        await host.PollAsync();
    }
}
