using System.Security.Cryptography;
using System.Text;
using Postroom.Storage.Records;

namespace Postroom.Postgres.Records;

/// <summary>
/// An index that a table must have. Its name is made from what it is, so that another one has another.
/// </summary>
internal sealed record ShapeIndex
{
    private readonly string _body;

    public ShapeIndex(string table, IReadOnlyList<string> parts, string where = "", string method = "btree")
    {
        Table = table;
        _body = $"USING {method} ({string.Join(", ", parts)}){where}";
    }

    /// <summary>The name of its table in the database.</summary>
    public string Table { get; }

    /// <summary>The declared index, for a unique one.</summary>
    public RecordIndex? Unique { get; init; }

    /// <summary>For a unique one the names of its columns, quoted.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Its name in the database.</summary>
    public string Name
    {
        get
        {
            var named = Encoding.UTF8.GetBytes(Unique is null ? _body : "u" + _body);
            return $"{Table}_{Convert.ToHexStringLower(SHA256.HashData(named))[..8]}";
        }
    }

    /// <summary>What makes it.</summary>
    /// <param name="online">Whether others go on writing meanwhile; not within a transaction.</param>
    public string Sql(bool online) =>
        $"CREATE {(Unique is null ? "" : "UNIQUE ")}INDEX {(online ? "CONCURRENTLY " : "")}\"{Name}\" "
        + $"ON postroom.\"{Table}\" {_body}";
}
