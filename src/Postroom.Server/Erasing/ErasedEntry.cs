namespace Postroom.Server.Erasing;

/// <summary>An entry of the person's: nothing of what it holds.</summary>
internal sealed record ErasedEntry(string Id, string Endpoint, string State, int Files);
