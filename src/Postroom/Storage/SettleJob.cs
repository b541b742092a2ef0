namespace Postroom.Storage;

/// <summary>Ends one attempt at a job. It takes effect only while the lease holds: guard it with <see cref="JobLeased"/>.</summary>
/// <param name="Job">Its number.</param>
/// <param name="State">Done, Dead, or Ready to try again.</param>
/// <param name="RunAt">When to try again, in Unix milliseconds; ignored unless the state is Ready.</param>
/// <param name="Error">What went wrong, for the inbox; null when nothing did.</param>
public sealed record SettleJob(long Job, JobState State, long RunAt, string? Error) : Write;
