namespace Postroom.Storage;

/// <summary>
/// Ends one attempt at a job, or makes a dead one ready again. A worker guards it with <see cref="JobLeased"/>, so that
/// it takes effect only while its lease holds; without that guard it takes effect wherever the job stands.
/// </summary>
/// <param name="Job">Its number.</param>
/// <param name="State">Done, Dead, or Ready to try again.</param>
/// <param name="RunAt">When to try again, in Unix milliseconds; ignored unless the state is Ready.</param>
/// <param name="Error">What went wrong, for the inbox; null when nothing did.</param>
public sealed record SettleJob(long Job, JobState State, long RunAt, string? Error) : Write;
