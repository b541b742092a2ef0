using System.Globalization;
using Postroom.Hosting;
using Postroom.Sqlite;
using Postroom.Storage;

namespace Postroom.Tests.Hosts;

/// <summary>Tables of a user's own beside the entries.</summary>
internal static class OwnTables
{
    /// <summary>SQLite in the kind's folder, with tables of the test's own.</summary>
    public static void UseSqliteWith(this PostroomBuilder builder, StoreKind kind, params string[] definitions) =>
        builder.UseSqlite(options => options with { Folder = kind.Folder, OnOpen = definitions });

    /// <summary>The number that a query gives.</summary>
    public static long Count(this PostHost host, string query)
    {
        using var reader = host.Store.Read();
        return Convert.ToInt64(reader.Query(new Statement(query)).Rows[0][0], CultureInfo.InvariantCulture);
    }
}
