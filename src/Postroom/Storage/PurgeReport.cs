namespace Postroom.Storage;

/// <summary>What was cleared.</summary>
public sealed record PurgeReport(long Answers, long Entries, long Jobs, long Tokens);
