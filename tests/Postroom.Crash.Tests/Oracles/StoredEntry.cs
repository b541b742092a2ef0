namespace Postroom.Crash.Tests.Oracles;

/// <summary>An entry of a reopened store: its key and the answer that a retry gets.</summary>
internal sealed record StoredEntry(string Key, int Status, byte[] Body);
