namespace Postroom.Storage;

/// <summary>What follows: one piece of durable work, as it is read back.</summary>
/// <param name="Number">Its number in this store.</param>
/// <param name="Entry">The entry it follows from.</param>
/// <param name="Name">What is to be done.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Attempts">How many times it was begun.</param>
/// <param name="RunAt">Not before this, in Unix milliseconds.</param>
/// <param name="Claim">The fencing number of the newest lease; 0 before the first.</param>
/// <param name="LeaseUntil">When the lease ends, in Unix milliseconds; 0 when there is none.</param>
/// <param name="Error">What went wrong last.</param>
public sealed record Job(
    long Number, EntryId Entry, string Name, JobState State, int Attempts, long RunAt, long Claim, long LeaseUntil,
    string? Error);
