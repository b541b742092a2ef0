namespace Postroom.Postgres.Writing;

/// <summary>What a row of the keys says: the row of the entry that the key stands for, and when it ends.</summary>
internal readonly record struct KeyPlace(long Row, long ExpiresAt);
