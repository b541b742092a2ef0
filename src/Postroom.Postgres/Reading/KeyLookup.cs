using Npgsql;
using Postroom.Storage;

namespace Postroom.Postgres.Reading;

/// <summary>Looks a key up on the thread that asks.</summary>
internal sealed class KeyLookup(Database database)
{
    private readonly string _sql = database.Sql($"""
        SELECT {EntryRows.Facts} FROM postroom.keys k JOIN postroom.entries e ON e.row = k.row WHERE k.key = $1
        """);

    public KeyMatch? Find(KeyHash key, long now)
    {
        using var command = database.Views.CreateCommand(_sql);
        command.Parameters.Add(Parameters.Uuid(Uuids.Of(key)));
        using var reader = command.ExecuteReader();
        return reader.Read() ? EntryRows.Match(EntryRows.ReadFacts(reader), key, now) : null;
    }
}
