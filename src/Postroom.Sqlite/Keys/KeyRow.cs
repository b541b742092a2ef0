using Postroom.Storage;

namespace Postroom.Sqlite.Keys;

/// <summary>A key and the row of the entry that was committed last with it.</summary>
internal readonly record struct KeyRow(KeyHash Key, long Row);
