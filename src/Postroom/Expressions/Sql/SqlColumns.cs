namespace Postroom.Expressions.Sql;

/// <summary>The columns that there are, by the variable and the names that lead to the field within it.</summary>
internal sealed class SqlColumns
{
    private readonly Dictionary<string, SqlColumn> _columns = new(StringComparer.Ordinal);

    /// <param name="variable">The variable's name.</param>
    /// <param name="path">The names within its document; empty for the variable itself.</param>
    /// <param name="column">Where it stands.</param>
    public SqlColumns Add(string variable, IReadOnlyList<string> path, SqlColumn column)
    {
        _columns.Add(Key(variable, path), column);
        return this;
    }

    public SqlColumn? Find(string variable, IReadOnlyList<string> path) =>
        _columns.GetValueOrDefault(Key(variable, path));

    /// <summary>No name holds a slash that is not escaped (RFC 6901 §3).</summary>
    private static string Key(string variable, IReadOnlyList<string> path) =>
        variable + string.Concat(path.Select(name => "/" + name.Replace("~", "~0", StringComparison.Ordinal)
            .Replace("/", "~1", StringComparison.Ordinal)));
}
