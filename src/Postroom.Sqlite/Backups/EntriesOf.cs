namespace Postroom.Sqlite.Backups;

/// <summary>How many entries an endpoint has in each state, counted row by row.</summary>
internal sealed record EntriesOf(string Endpoint, long Stored, long Held, long Refused, long Running);
