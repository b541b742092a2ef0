using Postroom.Storage;

namespace Postroom.Sqlite.Keys;

/// <summary>A key and the row of the newest entry that has it.</summary>
internal readonly record struct KeyRow(KeyHash Key, long Row);
