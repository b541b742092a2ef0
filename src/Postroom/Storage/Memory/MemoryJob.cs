namespace Postroom.Storage.Memory;

/// <summary>A job with the time of its last change, in Unix milliseconds.</summary>
internal sealed record MemoryJob(Job Job, long ChangedAt)
{
    /// <summary>When it may be claimed next, in Unix milliseconds; null when it is finished.</summary>
    public long? DueAt => Job.State switch
    {
        JobState.Ready => Job.RunAt,
        JobState.Leased => Job.LeaseUntil,
        _ => null,
    };
}
