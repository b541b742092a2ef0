using Npgsql;

namespace Postroom.Postgres.Reading;

/// <summary>Goes through the rows of one result after another, and reads what may be null.</summary>
internal static class ReaderRows
{
    /// <summary>Calls <paramref name="read"/> for each row of this result, and goes on to the next.</summary>
    public static async Task EachAsync(this NpgsqlDataReader reader, Action read)
    {
        while (await reader.ReadAsync())
        {
            read();
        }

        await reader.NextResultAsync();
    }

    public static string? TextOrNull(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

    public static ReadOnlyMemory<byte> BytesOrEmpty(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? default : reader.GetFieldValue<byte[]>(column);

    public static Guid UuidOrEmpty(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? default : reader.GetGuid(column);
}
