using Postroom.Sqlite.Engine;
using Postroom.Storage;

namespace Postroom.Sqlite.Writing;

/// <summary>The writer's statements over values that are unique.</summary>
internal sealed class ClaimTable(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement _isHeld = connection.Prepare(
        "SELECT 1 FROM unique_values WHERE endpoint = ?1 AND rule = ?2 AND digest = ?3");

    private readonly SqliteStatement _claim = connection.Prepare(
        "INSERT INTO unique_values VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET entry_row = ?4");

    private readonly SqliteStatement _free = connection.Prepare("DELETE FROM unique_values WHERE entry_row = ?1");

    public bool IsHeld(ValueFree value)
    {
        Bind(_isHeld, value);
        var held = _isHeld.Step();
        _isHeld.Reset();
        return held;
    }

    public void Claim(ClaimValue claim)
    {
        Bind(_claim, claim.Guard);
        _claim.Bind(4, claim.Entry.Row);
        _claim.Run();
    }

    /// <summary>Frees what an entry holds.</summary>
    public void FreeOf(long entryRow)
    {
        _free.Bind(1, entryRow);
        _free.Run();
    }

    public void Dispose()
    {
        _isHeld.Dispose();
        _claim.Dispose();
        _free.Dispose();
    }

    private static void Bind(SqliteStatement statement, ValueFree value)
    {
        Span<byte> digest = stackalloc byte[Fingerprint.Size];
        value.Digest.WriteTo(digest);
        statement.BindText(1, value.Endpoint);
        statement.BindText(2, value.Rule);
        statement.BindBlob(3, digest);
    }
}
