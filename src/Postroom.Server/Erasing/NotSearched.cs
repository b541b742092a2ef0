namespace Postroom.Server.Erasing;

/// <summary>Entries of which nothing says whose they are.</summary>
internal sealed record NotSearched(string Endpoint, long Entries);
