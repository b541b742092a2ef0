using System.Text;
using Postroom.Expressions.Sql;

namespace Postroom.Sqlite.Reading;

/// <summary>
/// Conditions as SQLite takes them. Text is compared as bytes, which is by code point; what looks into a text does so
/// over its bytes, for the functions over text end at U+0000.
/// </summary>
internal sealed class SqliteDialect : SqlDialect
{
    public static SqliteDialect Instance { get; } = new();

    public override string Parameter(int number) => $"?{number}";

    public override object Boolean(bool value) => value ? 1L : 0L;

    public override string Text(string column) => column;

    /// <summary>A part of no bytes is NULL to SQLite, so an empty text is told apart first.</summary>
    public override string EndsWith(string column, string ending, Func<object, string> bind) =>
        $"({column} <> '' AND substr(CAST({column} AS BLOB), {bind(-(long)Encoding.UTF8.GetByteCount(ending))}) = "
        + $"CAST({bind(ending)} AS BLOB))";

    public override string Contains(string column, string part, Func<object, string> bind) =>
        $"instr(CAST({column} AS BLOB), CAST({bind(part)} AS BLOB)) > 0";

    public override bool CanBind(string text) => true;
}
