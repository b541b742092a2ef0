namespace Postroom.Crash.Tests.Oracles;

/// <summary>A file that an entry of a reopened store names.</summary>
/// <param name="Key">The entry's.</param>
/// <param name="Path">Below the data folder.</param>
/// <param name="Size">Bytes, by the row.</param>
/// <param name="Digest">SHA-256, by the row.</param>
internal sealed record StoredFile(string Key, string Path, long Size, string Digest);
