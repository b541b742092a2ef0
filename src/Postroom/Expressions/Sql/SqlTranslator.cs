using Postroom.Expressions.Evaluation;
using Postroom.Expressions.Values;

namespace Postroom.Expressions.Sql;

/// <summary>
/// Says in SQL where an expression may be true. Each part is asked twice, where it may be true and where it may be
/// false, so that negations end at the comparisons and the NULL of a field that is not there makes nothing true, as its
/// error does not. What SQL cannot say, or not exactly, is left to the evaluation.
/// </summary>
internal sealed class SqlTranslator
{
    private readonly Expression _expression;
    private readonly SqlColumns _columns;
    private readonly ExpressionValue[] _variables;
    private readonly SqlComparisons _comparisons;

    private SqlTranslator(
        Expression expression, SqlColumns columns, SqlComparisons comparisons, ExpressionValue[] variables)
    {
        _expression = expression;
        _columns = columns;
        _comparisons = comparisons;
        _variables = variables;
    }

    /// <param name="expression">A condition.</param>
    /// <param name="columns">Where fields and variables of records stand.</param>
    /// <param name="dialect">The engine's own ways.</param>
    /// <param name="variables">By slot; those that differ from record to record are not looked at.</param>
    /// <param name="firstParameter">The number of the first parameter.</param>
    public static SqlFilter Translate(
        Expression expression, SqlColumns columns, SqlDialect dialect, ExpressionValue[] variables,
        int firstParameter = 1)
    {
        var comparisons = new SqlComparisons(dialect);
        var translator = new SqlTranslator(expression, columns, comparisons, variables);
        Node[] parts = expression.Root is LogicNode { IsAnd: true } and ? and.Parts : [expression.Root];
        SqlCondition[] conditions = [.. parts.Select(part => translator.Where(part, wanted: true))];
        var all = SqlCondition.And(conditions);
        Node[] rest = all.IsExact
            ? []
            : [.. parts.Zip(conditions).Where(each => !each.Second.IsExact).Select(each => each.First)];
        return new SqlFilter(
            Number(all.Text, dialect, firstParameter),
            all.Parameters,
            rest.Length == 0 ? null : expression.With(rest.Length == 1 ? rest[0] : new LogicNode(isAnd: true, rest)));
    }

    private static string Number(string text, SqlDialect dialect, int first)
    {
        var pieces = text.Split(SqlCondition.Mark);
        return string.Concat(pieces.Select(
            (piece, index) => index == 0 ? piece : dialect.Parameter(first + index - 1) + piece));
    }

    /// <summary>Where the part may have that value.</summary>
    private SqlCondition Where(Node node, bool wanted)
    {
        if (!node.ReadsRow)
        {
            var value = _expression.Evaluate(node, _variables);
            return value.Kind == ExpressionValueKind.Bool && value.AsBool == wanted
                ? SqlCondition.Always
                : SqlCondition.Never;
        }

        return node switch
        {
            LogicNode logic => Combine([.. logic.Parts.Select(part => Where(part, wanted))], logic.IsAnd == wanted),
            NotNode not => Where(not.Operand, !wanted),
            ConditionalNode conditional => SqlCondition.Or(
            [
                SqlCondition.And([Where(conditional.Condition, true), Where(conditional.Then, wanted)]),
                SqlCondition.And([Where(conditional.Condition, false), Where(conditional.Otherwise, wanted)]),
            ]),
            ComparisonNode comparison => Compare(comparison, wanted),
            ContainmentNode containment => Contain(containment, wanted),
            TextTestNode test when Column(test.Text) is { } column && !test.Part.ReadsRow =>
                _comparisons.Test(column, test.Kind, _expression.Evaluate(test.Part, _variables), wanted),
            PresenceNode presence when Column(presence.Member) is { } column => Present(presence, column, wanted),
            _ when Column(node) is { Kind: SqlColumnKind.Boolean } column => _comparisons.Is(column, wanted),
            _ => SqlCondition.Unknown,
        };
    }

    private static SqlCondition Combine(SqlCondition[] parts, bool isAnd) =>
        isAnd ? SqlCondition.And(parts) : SqlCondition.Or(parts);

    private SqlCondition Compare(ComparisonNode comparison, bool wanted)
    {
        var kind = wanted ? comparison.Kind : Opposite(comparison.Kind);
        var (left, right) = (Column(comparison.Left), Column(comparison.Right));
        if (left is not null && right is not null)
        {
            var nullable = comparison.Left.Type.IsNullable || comparison.Right.Type.IsNullable;
            return _comparisons.Compare(kind, left, right, nullable);
        }

        if (left is not null && !comparison.Right.ReadsRow)
        {
            var value = _expression.Evaluate(comparison.Right, _variables);
            return _comparisons.Compare(kind, left, value, comparison.Left.Type.IsNullable);
        }

        if (right is not null && !comparison.Left.ReadsRow)
        {
            var value = _expression.Evaluate(comparison.Left, _variables);
            return _comparisons.Compare(Mirrored(kind), right, value, comparison.Right.Type.IsNullable);
        }

        return SqlCondition.Unknown;
    }

    private SqlCondition Contain(ContainmentNode containment, bool wanted)
    {
        if (Column(containment.Item) is not { } column || containment.Container.ReadsRow)
        {
            return SqlCondition.Unknown;
        }

        var list = _expression.Evaluate(containment.Container, _variables);
        if (!Comparing.IsList(list.Kind) || ListItems.Count(list) is 0 or > ExpressionLimits.NodesMax)
        {
            return list.IsError ? SqlCondition.Never : SqlCondition.Unknown;
        }

        var kind = wanted ? ComparisonKind.Equal : ComparisonKind.NotEqual;
        var conditions = new List<SqlCondition>();
        var items = new ListItems(list, ExpressionType.Dyn);
        while (items.Next(out var item))
        {
            conditions.Add(_comparisons.Compare(kind, column, item, containment.Item.Type.IsNullable));
        }

        return Combine([.. conditions], !wanted);
    }

    /// <summary>A null that is there looks in the column like a field that is not; one within another is an error when
    /// the outer is not there.</summary>
    private static SqlCondition Present(PresenceNode presence, SqlColumn column, bool wanted)
    {
        var nullable = presence.Member.Type.IsNullable;
        var isInner = presence.Member is FieldNode { Path.Count: > 1 };
        return wanted
            ? nullable ? SqlCondition.Unknown : new SqlCondition($"{column.Text} IS NOT NULL", [], IsExact: true)
            : new SqlCondition($"{column.Text} IS NULL", [], IsExact: !nullable && !isInner);
    }

    private SqlColumn? Column(Node node) => node switch
    {
        FieldNode field => _columns.Find(field.Variable.Name, field.Path),
        VariableNode { ReadsRow: true } variable => _columns.Find(variable.Variable.Name, []),
        _ => null,
    };

    private static ComparisonKind Opposite(ComparisonKind kind) => kind switch
    {
        ComparisonKind.Equal => ComparisonKind.NotEqual,
        ComparisonKind.NotEqual => ComparisonKind.Equal,
        ComparisonKind.Less => ComparisonKind.GreaterOrEqual,
        ComparisonKind.LessOrEqual => ComparisonKind.Greater,
        ComparisonKind.Greater => ComparisonKind.LessOrEqual,
        _ => ComparisonKind.Less,
    };

    private static ComparisonKind Mirrored(ComparisonKind kind) => kind switch
    {
        ComparisonKind.Less => ComparisonKind.Greater,
        ComparisonKind.LessOrEqual => ComparisonKind.GreaterOrEqual,
        ComparisonKind.Greater => ComparisonKind.Less,
        ComparisonKind.GreaterOrEqual => ComparisonKind.LessOrEqual,
        _ => kind,
    };
}
