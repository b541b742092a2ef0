using Npgsql;
using Postroom.Crash.Tests.Oracles;
using Postroom.Postgres.Opening;

namespace Postroom.Postgres.Tests.Chaos;

/// <summary>The entries in the product's database, read without the product.</summary>
internal static class PostgresEntries
{
    private const string Query = """
        SELECT convert_from(document, 'UTF8')::json ->> 'message', coalesce(answer_status, 0), coalesce(answer, '')
        FROM postroom.entries WHERE state < 4
        """;

    /// <summary>What is stored, the message field telling the key.</summary>
    public static async Task<List<StoredEntry>> ReadAsync(string store)
    {
        await using var source = NpgsqlDataSource.Create(
            PostgresDefaults.Apply(PostgresAddress.Read(store), poolMax: 1));
        await using var command = source.CreateCommand(Query);
        await using var reader = await command.ExecuteReaderAsync();
        var entries = new List<StoredEntry>();
        while (await reader.ReadAsync())
        {
            entries.Add(new StoredEntry(reader.GetString(0), reader.GetInt32(1), reader.GetFieldValue<byte[]>(2)));
        }

        return entries;
    }
}
