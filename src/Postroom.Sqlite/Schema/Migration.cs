using System.Security.Cryptography;
using System.Text;

namespace Postroom.Sqlite.Schema;

/// <summary>
/// One step of the schema. A published one is never changed: its digest is in every database that took it.
/// </summary>
/// <param name="Number">Counted from 1 without a gap.</param>
/// <param name="Name">What it brings.</param>
/// <param name="Sql">The statements.</param>
internal sealed record Migration(int Number, string Name, string Sql)
{
    /// <summary>The SHA-256 of the SQL text, 64 hexadecimal digits.</summary>
    public string Digest { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));
}
