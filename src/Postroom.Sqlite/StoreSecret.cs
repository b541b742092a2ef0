using Postroom.Sqlite.Engine;
using Postroom.Storage;

namespace Postroom.Sqlite;

/// <summary>The 32 random bytes that everything signed goes back to: made with the store, and never changed.</summary>
internal static class StoreSecret
{
    public const string Query = "SELECT value FROM settings WHERE name = 'secret'";
    private const int SecretBytes = 32;

    public static byte[] ReadOrMake(SqliteConnection connection, EntropySource entropy)
    {
        using var read = connection.Prepare(Query);
        if (read.Step())
        {
            return read.Bytes(0).ToArray();
        }

        var secret = new byte[SecretBytes];
        entropy.Fill(secret);
        using var write = connection.Prepare("INSERT INTO settings VALUES ('secret', ?1)");
        write.BindBlob(1, secret);
        write.Run();
        return secret;
    }
}
