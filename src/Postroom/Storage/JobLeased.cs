namespace Postroom.Storage;

/// <summary>
/// The job is still leased under this claim: a worker that lost its lease cannot settle another's work.
/// </summary>
public sealed record JobLeased(long Job, long Claim) : Guard;
