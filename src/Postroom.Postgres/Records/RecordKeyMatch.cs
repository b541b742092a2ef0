using Npgsql;
using Postroom.Storage.Records;
using Postroom.Storage.Records.Shapes;

namespace Postroom.Postgres.Records;

/// <summary>
/// How rows of the same keys are found by an index: a none is compared with <c>IS NULL</c>, which an index serves, and
/// all others with <c>=</c>. So keys with a none at the same places go together.
/// </summary>
internal sealed class RecordKeyMatch(
    IReadOnlyList<ShapeColumn> columns, string present, IReadOnlyList<IReadOnlyList<RecordValue>> keys)
{
    private readonly List<int> _present = [.. Enumerable.Range(0, columns.Count).Where(i => present[i] == '1')];

    /// <summary>Which of the values are there: a 1 for each, and a 0 for a none.</summary>
    public static string Present(IReadOnlyList<RecordValue> key) =>
        string.Concat(key.Select(value => value.IsNone ? '0' : '1'));

    /// <summary>The numbers of the guards from 1, and the values of their keys.</summary>
    public IReadOnlyList<NpgsqlParameter> Arrays { get; } =
    [
        Parameters.Longs([.. Enumerable.Range(1, keys.Count).Select(i => (long)i)]),
        .. Enumerable.Range(0, columns.Count).Where(i => present[i] == '1').Select(
            i => RecordFields.Array(columns[i].Type, keys.Select(key => key[i]))),
    ];

    /// <summary>The condition that a row <c>r</c> has the key of the row <c>n</c>.</summary>
    public string Match => columns.Count == 0
        ? "true"
        : string.Join(" AND ", columns.Select((column, i) =>
        {
            var stored = $"r.\"{column.Name}\"";
            if (present[i] != '1')
            {
                return $"{RecordDefinitions.Indexed(column, stored)} IS NULL";
            }

            var asked = FormattableString.Invariant($"n.k{i}");
            var indexed = $"{RecordDefinitions.Indexed(column, stored)} = {RecordDefinitions.Indexed(column, asked)}";
            return column.Type == RecordType.Text ? $"{indexed} AND {stored} = {asked}" : indexed;
        }));

    /// <summary>The guards as rows <c>n</c>, with more columns whose arrays come after <see cref="Arrays"/>.</summary>
    public string Rows(string more)
    {
        var names = _present.Select(i => FormattableString.Invariant($"k{i}"));
        var count = Arrays.Count + more.Split(',').Length;
        return $"unnest({RecordFields.Places(count)}) AS n ({string.Join(", ", [.. names.Prepend("guard"), more])})";
    }
}
