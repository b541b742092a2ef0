namespace Postroom.Storage;

/// <summary>An entry that keeps the body as it came.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="ReceivedAt">When it arrived, in Unix milliseconds.</param>
/// <param name="Size">The bytes of the body and of the files that came in it.</param>
public sealed record KeptBody(EntryId Entry, long ReceivedAt, long Size);
