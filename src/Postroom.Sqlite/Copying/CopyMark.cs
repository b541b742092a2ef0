using Postroom.Sqlite.Engine;
using Postroom.Storage.Copying;

namespace Postroom.Sqlite.Copying;

/// <summary>The row that says how far a copy into this database is.</summary>
internal static class CopyMark
{
    private const string Select = $"SELECT value FROM settings WHERE name = '{CopyProgress.Name}'";

    public static CopyProgress? Read(SqliteConnection connection)
    {
        using var select = connection.Prepare(Select);
        return select.Step() ? CopyProgress.Read(select.Bytes(0)) : null;
    }

    /// <exception cref="StoreStartException">The database is half a copy.</exception>
    public static void RefuseUnfinished(SqliteConnection connection, string database)
    {
        using var select = connection.Prepare(Select);
        if (select.Step() && CopyProgress.Objection(select.Bytes(0)) is { } objection)
        {
            throw new StoreStartException($"The store {database} is not served. {objection}");
        }
    }
}
