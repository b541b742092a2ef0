namespace Postroom.Expressions.Sql;

/// <summary>A plain column that holds a field or a variable of each record.</summary>
/// <param name="Text">Its name as SQL, quoted where needed: written by the store, never by a caller.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="UnitNanoseconds">The unit of a moment.</param>
internal sealed record SqlColumn(string Text, SqlColumnKind Kind, long UnitNanoseconds = 1_000)
{
    /// <summary>Two values of the field may share one of the column.</summary>
    public bool IsLossy => Kind is SqlColumnKind.Number or SqlColumnKind.Time;
}
