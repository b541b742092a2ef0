namespace Postroom.Storage;

/// <summary>How many entries an endpoint has in one state.</summary>
public sealed record EntryCount(string Endpoint, EntryState State, long Count);
