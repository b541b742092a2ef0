using System.Collections.Concurrent;
using Postroom.Plans;
using Postroom.Storage;
using Postroom.Tests.Hosts;

namespace Postroom.Tests.Delivery;

/// <summary>Work that fails as often as it is told to, and remembers its runs.</summary>
internal sealed class JobRecorder
{
    private readonly ConcurrentQueue<JobRun> _runs = new();

    public int Failures { get; init; }

    public PostHost? Host { get; set; }

    public IReadOnlyList<JobRun> Runs => [.. _runs];

    public ValueTask RunAsync(Note note, IPostJob job, CancellationToken cancel)
    {
        var stored = Host?.Entries().Any(entry => entry.Id == job.Entry) ?? false;
        _runs.Enqueue(new JobRun(job.Entry, note.Text, job.Key, job.Attempt, stored));
        return _runs.Count <= Failures ? throw new InvalidOperationException("the work fails") : ValueTask.CompletedTask;
    }

    /// <summary>Completes when it has run so often.</summary>
    public Task CountAsync(int count) => Patience.UntilAsync(() => _runs.Count >= count, $"run number {count}");
}
