namespace Postroom.Storage;

/// <summary>What was cleared.</summary>
/// <param name="Answers">Answers of expired keys.</param>
/// <param name="Entries">Entries, by age and by size, their jobs with them.</param>
/// <param name="Jobs">Finished jobs, by age.</param>
/// <param name="Tokens">Expired tokens.</param>
/// <param name="Records">Records whose hold had ended.</param>
public sealed record PurgeReport(long Answers, long Entries, long Jobs, long Tokens, long Records = 0);
