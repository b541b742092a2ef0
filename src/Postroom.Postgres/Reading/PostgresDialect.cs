using System.Text;
using Postroom.Expressions.Sql;

namespace Postroom.Postgres.Reading;

/// <summary>Conditions as PostgreSQL takes them. Text is compared by code point whatever the database's own order is.
/// </summary>
internal sealed class PostgresDialect : SqlDialect
{
    public static PostgresDialect Instance { get; } = new();

    public override string Parameter(int number) => $"${number}";

    public override object Boolean(bool value) => value;

    public override string Text(string column) => $"{column} COLLATE \"C\"";

    public override string EndsWith(string column, string ending, Func<object, string> bind) =>
        $"right({column}, {bind(ending.EnumerateRunes().Count())}) = {bind(ending)} COLLATE \"C\"";

    public override string Contains(string column, string part, Func<object, string> bind) =>
        $"strpos({column} COLLATE \"C\", {bind(part)}) > 0";

    /// <summary>Its texts cannot hold U+0000.</summary>
    public override bool CanBind(string text) => !text.Contains('\0', StringComparison.Ordinal);
}
