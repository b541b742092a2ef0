namespace Postroom.Sqlite.Erasing;

/// <summary>How far an order is.</summary>
internal sealed record EraseProgress(long Done, long Total);
