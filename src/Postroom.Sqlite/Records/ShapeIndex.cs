using System.Security.Cryptography;
using System.Text;
using Postroom.Storage.Records;

namespace Postroom.Sqlite.Records;

/// <summary>
/// An index that a table must have. Its name is made from what it is, so that another one has another.
/// </summary>
internal sealed record ShapeIndex
{
    public ShapeIndex(string table, IReadOnlyList<string> columns, string where = "", RecordIndex? unique = null)
    {
        Table = table;
        ColumnNames = columns;
        var body = $"({string.Join(", ", columns)}){where}";
        var named = Encoding.UTF8.GetBytes(unique is null ? body : "u" + body);
        var digest = Convert.ToHexStringLower(SHA256.HashData(named));
        Name = $"{table}_{digest[..8]}";
        Unique = unique;
        Sql = $"CREATE {(unique is null ? "" : "UNIQUE ")}INDEX \"{Name}\" ON \"{table}\" {body}";
    }

    /// <summary>The name of its table in the database.</summary>
    public string Table { get; }

    /// <summary>The names of its columns, quoted.</summary>
    public IReadOnlyList<string> ColumnNames { get; }

    /// <summary>Its name in the database.</summary>
    public string Name { get; }

    /// <summary>What makes it.</summary>
    public string Sql { get; }

    /// <summary>The declared index, for a unique one.</summary>
    public RecordIndex? Unique { get; }
}
