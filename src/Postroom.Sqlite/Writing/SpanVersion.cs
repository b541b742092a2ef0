namespace Postroom.Sqlite.Writing;

/// <summary>A span at one moment: any arrival in it makes another version.</summary>
internal sealed record SpanVersion(long Number, string Endpoint, long Version);
