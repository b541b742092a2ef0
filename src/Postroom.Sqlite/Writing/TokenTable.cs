using Postroom.Sqlite.Engine;
using Postroom.Storage;

namespace Postroom.Sqlite.Writing;

/// <summary>The writer's statements over consumed tokens.</summary>
internal sealed class TokenTable(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement _isUsed = connection.Prepare("SELECT 1 FROM tokens WHERE token = ?1");

    private readonly SqliteStatement _use = connection.Prepare(
        "INSERT INTO tokens VALUES (?1, ?2) ON CONFLICT DO UPDATE SET expires_at = ?2");

    private readonly SqliteStatement _purge = connection.Prepare(
        "DELETE FROM tokens WHERE token IN (SELECT token FROM tokens WHERE expires_at <= ?1 LIMIT ?2)");

    public bool IsUsed(KeyHash token)
    {
        Bind(_isUsed, token);
        var used = _isUsed.Step();
        _isUsed.Reset();
        return used;
    }

    public void Use(UseToken use)
    {
        Bind(_use, use.Token);
        _use.Bind(2, use.ExpiresAt);
        _use.Run();
    }

    /// <summary>Deletes expired tokens and says how many.</summary>
    public int Purge(long now, int max)
    {
        _purge.Bind(1, now);
        _purge.Bind(2, max);
        _purge.Run();
        return connection.Changes;
    }

    public void Dispose()
    {
        _isUsed.Dispose();
        _use.Dispose();
        _purge.Dispose();
    }

    private static void Bind(SqliteStatement statement, KeyHash token)
    {
        Span<byte> bytes = stackalloc byte[KeyHash.Size];
        token.WriteTo(bytes);
        statement.BindBlob(1, bytes);
    }
}
