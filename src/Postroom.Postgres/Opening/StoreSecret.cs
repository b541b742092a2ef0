using Npgsql;
using Postroom.Storage;

namespace Postroom.Postgres.Opening;

/// <summary>
/// The 32 random bytes that everything signed goes back to: made by the first node, and the same for all of them.
/// </summary>
internal static class StoreSecret
{
    private const int SecretBytes = 32;

    public static async Task<byte[]> ReadOrMakeAsync(
        Database database, EntropySource entropy, CancellationToken cancel)
    {
        var secret = new byte[SecretBytes];
        entropy.Fill(secret);
        await database.ExecuteAsync(
            "INSERT INTO postroom.settings VALUES ('secret', $1) ON CONFLICT DO NOTHING", cancel,
            Parameters.Bytea(secret));
        await using var command = database.Source.CreateCommand(
            database.Sql("SELECT value FROM postroom.settings WHERE name = 'secret'"));
        return (byte[])(await command.ExecuteScalarAsync(cancel))!;
    }
}
