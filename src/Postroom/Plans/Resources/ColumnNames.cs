using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace Postroom.Plans.Resources;

/// <summary>
/// Names in the database: what is declared, where that is a plain name, so that people recognise it; else what is left
/// of it with a digest. A name depends on nothing but what it names, so no other field ever takes it over.
/// </summary>
internal static class ColumnNames
{
    private const int PlainMax = 40;
    private const int CutMax = 30;

    /// <summary>Lower case: what a table has itself, and what an engine keeps for itself.</summary>
    private static readonly FrozenSet<string> s_taken = FrozenSet.ToFrozenSet(
        [
            "id", "version", "owner", "created", "updated", "held_until", "document", "row", "rowid", "oid", "seq",
            "tableoid", "xmin", "xmax", "cmin", "cmax", "ctid",
        ],
        StringComparer.Ordinal);

    public static string OfColumn(IReadOnlyList<string> path, bool isFolded)
    {
        var name = Of(path, isFolded ? "folded" : "");
        return isFolded ? name + "_folded" : name;
    }

    public static string OfDays(IReadOnlyList<string> path) => Of(path, "days") + "_days";

    /// <summary>The name of a rule over columns.</summary>
    public static string OfRule(string kind, IReadOnlyList<string> columns) => $"{kind}_{Of(columns, kind)}";

    public static string OfTable(string endpoint) => Of([.. endpoint.Trim('/').Split('/')], "");

    public static string OfIndex(IReadOnlyList<string> columns, bool isUnique) =>
        Of(columns, isUnique ? "unique" : "") is var name && isUnique ? "unique_" + name : name;

    private static string Of(IReadOnlyList<string> path, string salt)
    {
        var joined = string.Join('_', path);
        var isPlain = path.Count == 1 && joined.Length <= PlainMax && IsPlain(joined) && !s_taken.Contains(joined);
        if (isPlain)
        {
            return joined;
        }

        var letters = new string([.. joined.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit).Take(CutMax)]);
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', path) + salt));
        return $"f{letters}_{Convert.ToHexStringLower(digest.AsSpan(0, 4))}";
    }

    /// <summary>A small letter first: engines take capitals and small letters for the same.</summary>
    private static bool IsPlain(string name) => name.Length > 0 && char.IsAsciiLetterLower(name[0])
        && !name.EndsWith("_folded", StringComparison.Ordinal) && !name.EndsWith("_days", StringComparison.Ordinal)
        && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_');
}
