using Npgsql;
using Postroom.Postgres.Writing;
using Postroom.Storage;

namespace Postroom.Postgres.Reading;

/// <summary>Looks a key up outside of any batch.</summary>
internal sealed class KeyLookup(Database database)
{
    // After a restart of the server every waiting connection of the pool is dead, and one is found so at a time.
    private const int AttemptsMax = 3;

    private readonly string _sql = database.Sql($"""
        SELECT {EntryRows.Facts} FROM postroom.keys k JOIN postroom.entries e ON e.row = k.row WHERE k.key = $1
        """);

    public KeyMatch? Find(KeyHash key, long now)
    {
        using var command = Command(database.Views, key);
        using var reader = command.ExecuteReader();
        return reader.Read() ? EntryRows.Match(EntryRows.ReadFacts(reader), key, now) : null;
    }

    public async ValueTask<KeyMatch?> FindAsync(KeyHash key, long now)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var command = Command(database.Source, key);
                await using var reader = await command.ExecuteReaderAsync();
                return await reader.ReadAsync() ? EntryRows.Match(EntryRows.ReadFacts(reader), key, now) : null;
            }
            catch (Exception failure) when (Failures.Kind(failure) == FailureKind.Lost)
            {
                database.Clear();
                if (attempt == AttemptsMax)
                {
                    throw new StoreUnreachableException(failure);
                }
            }
        }
    }

    private NpgsqlCommand Command(NpgsqlDataSource source, KeyHash key)
    {
        var command = source.CreateCommand(_sql);
        command.Parameters.Add(Parameters.Uuid(Uuids.Of(key)));
        return command;
    }
}
