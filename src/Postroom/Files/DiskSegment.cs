namespace Postroom.Files;

/// <summary>
/// A stretch of a growing file that lies in a file of its own. The first has number 0 and the final name; each request
/// that takes over from one that may be alive still begins another.
/// </summary>
/// <param name="Number">Its number: higher than those of all before.</param>
/// <param name="Start">The offset of its first byte; it ends where the next one begins.</param>
internal readonly record struct DiskSegment(long Number, long Start);
