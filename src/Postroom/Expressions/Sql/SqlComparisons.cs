using System.Text;
using Postroom.Expressions.Evaluation;
using Postroom.Expressions.Values;

namespace Postroom.Expressions.Sql;

/// <summary>Single comparisons of columns, with the parameters that they bind.</summary>
internal sealed class SqlComparisons(SqlDialect dialect)
{
    private readonly List<object> _bound = [];

    /// <summary>Whether a boolean column has that value.</summary>
    public SqlCondition Is(SqlColumn column, bool wanted) =>
        Condition($"{column.Text} = {Bind(dialect.Boolean(wanted))}", isExact: true);

    /// <summary>A column with a value that is the same for all records.</summary>
    /// <param name="kind">The operator, the column at its left.</param>
    /// <param name="column">The column.</param>
    /// <param name="value">The value.</param>
    /// <param name="isNullable">The column's field may be null, which the column cannot tell from absent.</param>
    public SqlCondition Compare(ComparisonKind kind, SqlColumn column, in ExpressionValue value, bool isNullable)
    {
        if (value.IsError)
        {
            return SqlCondition.Never;
        }

        if (value.IsNull || !IsComparable(column.Kind, value.Kind))
        {
            return Unlike(kind, column, value.IsNull, isNullable);
        }

        var condition = column.Kind switch
        {
            SqlColumnKind.Text => Text(kind, column, Encoding.UTF8.GetString(value.Bytes.Span)),
            SqlColumnKind.Boolean => Boolean(kind, column, value.AsBool),
            SqlColumnKind.Number => Lossy(kind, column, Converting.ToDouble(value)),
            SqlColumnKind.Integer => SqlGrid.Of(value) is { } place
                ? OnGrid(kind, column, place)
                : SqlCondition.Unknown,
            SqlColumnKind.ExactTime => OnGrid(kind, column, SqlGrid.Of(value.AsNanoseconds, column.UnitNanoseconds)),
            _ => Cut(kind, column, SqlGrid.Of(value.AsNanoseconds, column.UnitNanoseconds)),
        };
        return kind == ComparisonKind.NotEqual && isNullable && condition != SqlCondition.Unknown
            ? condition with { Text = $"({condition.Text} OR {column.Text} IS NULL)", IsExact = false }
            : condition;
    }

    /// <summary>Two columns.</summary>
    public SqlCondition Compare(ComparisonKind kind, SqlColumn left, SqlColumn right, bool isNullable)
    {
        var comparable = left.Kind == right.Kind && left.UnitNanoseconds == right.UnitNanoseconds;
        var isEquality = kind is ComparisonKind.Equal or ComparisonKind.NotEqual;
        if (!comparable || (isEquality && isNullable) || (left.Kind == SqlColumnKind.Boolean && !isEquality))
        {
            return SqlCondition.Unknown;
        }

        var (first, second) = left.Kind == SqlColumnKind.Text
            ? (dialect.Text(left.Text), dialect.Text(right.Text))
            : (left.Text, right.Text);
        if (!left.IsLossy)
        {
            return Condition($"{first} {Sign(kind)} {second}", isExact: true);
        }

        return kind == ComparisonKind.NotEqual
            ? Condition($"({first} IS NOT NULL AND {second} IS NOT NULL)", isExact: false)
            : Condition($"{first} {LooseSign(kind)} {second}", isExact: false);
    }

    /// <summary>Whether a text column begins with, ends in or contains a text.</summary>
    public SqlCondition Test(SqlColumn column, TextTestKind kind, in ExpressionValue part, bool wanted)
    {
        if (column.Kind != SqlColumnKind.Text || part.Kind != ExpressionValueKind.String)
        {
            return part.IsError || part.Kind != ExpressionValueKind.String ? SqlCondition.Never : SqlCondition.Unknown;
        }

        var text = Encoding.UTF8.GetString(part.Bytes.Span);
        if (!dialect.CanBind(text))
        {
            return SqlCondition.Unknown;
        }

        if (text.Length == 0)
        {
            return wanted ? NotNull(column, isExact: true) : SqlCondition.Never;
        }

        var condition = kind switch
        {
            TextTestKind.StartsWith => StartsWith(column, text),
            TextTestKind.EndsWith => dialect.EndsWith(column.Text, text, Bind),
            _ => dialect.Contains(column.Text, text, Bind),
        };
        return Condition(wanted ? condition : $"NOT ({condition})", isExact: true);
    }

    /// <summary>A range, so that an index serves it.</summary>
    private string StartsWith(SqlColumn column, string prefix)
    {
        var text = dialect.Text(column.Text);
        var from = $"{text} >= {Bind(prefix)}";
        return TextRange.Behind(prefix) is { } end ? $"({from} AND {text} < {Bind(end)})" : from;
    }

    private SqlCondition Text(ComparisonKind kind, SqlColumn column, string value) => dialect.CanBind(value)
        ? Condition($"{dialect.Text(column.Text)} {Sign(kind)} {Bind(value)}", isExact: true)
        : SqlCondition.Unknown;

    private SqlCondition Boolean(ComparisonKind kind, SqlColumn column, bool value) =>
        kind is ComparisonKind.Equal or ComparisonKind.NotEqual
            ? Is(column, value == (kind == ComparisonKind.Equal))
            : SqlCondition.Unknown;

    private SqlCondition Lossy(ComparisonKind kind, SqlColumn column, double value)
    {
        if (double.IsNaN(value))
        {
            return SqlCondition.Unknown;
        }

        return kind == ComparisonKind.NotEqual
            ? NotNull(column, isExact: false)
            : Condition($"{column.Text} {LooseSign(kind)} {Bind(value)}", isExact: false);
    }

    /// <summary>The column holds whole units and nothing between.</summary>
    private SqlCondition OnGrid(ComparisonKind kind, SqlColumn column, SqlGrid place)
    {
        if (!place.IsLong)
        {
            return SqlCondition.Unknown;
        }

        if (!place.IsWhole && kind is (ComparisonKind.Equal or ComparisonKind.NotEqual))
        {
            return kind == ComparisonKind.Equal ? SqlCondition.Never : NotNull(column, isExact: true);
        }

        var sign = (kind, place.IsWhole) switch
        {
            (ComparisonKind.Less, false) => "<=",
            (ComparisonKind.GreaterOrEqual, false) => ">",
            _ => Sign(kind),
        };
        return Condition($"{column.Text} {sign} {Bind((long)place.Whole)}", isExact: true);
    }

    /// <summary>The column holds whole units, and the field may be up to one unit behind.</summary>
    private SqlCondition Cut(ComparisonKind kind, SqlColumn column, SqlGrid place)
    {
        if (!place.IsLong || kind == ComparisonKind.NotEqual)
        {
            return place.IsLong ? NotNull(column, isExact: false) : SqlCondition.Unknown;
        }

        var exact = place.IsWhole && kind is (ComparisonKind.Less or ComparisonKind.GreaterOrEqual);
        var sign = exact ? Sign(kind) : LooseSign(kind);
        return Condition($"{column.Text} {sign} {Bind((long)place.Whole)}", exact);
    }

    /// <summary>Null, or a value that no field of this type can have.</summary>
    private SqlCondition Unlike(ComparisonKind kind, SqlColumn column, bool isNull, bool isNullable) => kind switch
    {
        ComparisonKind.Equal => isNull && isNullable
            ? Condition($"{column.Text} IS NULL", isExact: false)
            : SqlCondition.Never,
        ComparisonKind.NotEqual => !isNull && isNullable ? SqlCondition.Unknown : NotNull(column, isExact: true),
        _ => SqlCondition.Never,
    };

    private static bool IsComparable(SqlColumnKind column, ExpressionValueKind value) => column switch
    {
        SqlColumnKind.Text => value == ExpressionValueKind.String,
        SqlColumnKind.Boolean => value == ExpressionValueKind.Bool,
        SqlColumnKind.Integer or SqlColumnKind.Number => Comparing.IsNumber(value),
        _ => value == ExpressionValueKind.Timestamp,
    };

    private SqlCondition NotNull(SqlColumn column, bool isExact) =>
        Condition($"{column.Text} IS NOT NULL", isExact);

    private static string Sign(ComparisonKind kind) => kind switch
    {
        ComparisonKind.Equal => "=",
        ComparisonKind.NotEqual => "<>",
        ComparisonKind.Less => "<",
        ComparisonKind.LessOrEqual => "<=",
        ComparisonKind.Greater => ">",
        _ => ">=",
    };

    /// <summary>What holds of two roundings where it holds of what was rounded.</summary>
    private static string LooseSign(ComparisonKind kind) => kind switch
    {
        ComparisonKind.Equal => "=",
        ComparisonKind.Less or ComparisonKind.LessOrEqual => "<=",
        _ => ">=",
    };

    private string Bind(object value)
    {
        _bound.Add(value);
        return SqlCondition.Mark.ToString();
    }

    /// <summary>A condition with what was bound for it.</summary>
    private SqlCondition Condition(string text, bool isExact)
    {
        object[] parameters = [.. _bound];
        _bound.Clear();
        return new SqlCondition(text, parameters, isExact);
    }
}
