namespace Postroom.Storage;

/// <summary>An entry that keeps the body as it came.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="ReceivedAt">When it arrived, in Unix milliseconds.</param>
public sealed record KeptBody(EntryId Entry, long ReceivedAt);
