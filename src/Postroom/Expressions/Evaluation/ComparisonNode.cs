using Postroom.Expressions.Values;

namespace Postroom.Expressions.Evaluation;

/// <summary>Compares two values.</summary>
internal sealed class ComparisonNode(ComparisonKind kind, Node left, Node right)
    : Node(ExpressionType.Bool, left, right)
{
    public ComparisonKind Kind { get; } = kind;

    public Node Left { get; } = left;

    public Node Right { get; } = right;

    public override ExpressionValue Evaluate(ref EvaluationFrame frame)
    {
        var first = Left.Evaluate(ref frame);
        var second = Right.Evaluate(ref frame);
        if (Kind is ComparisonKind.Equal or ComparisonKind.NotEqual)
        {
            var equal = Comparing.Equal(first, second, ref frame);
            return equal.IsError || Kind == ComparisonKind.Equal ? equal : ExpressionValue.Of(!equal.AsBool);
        }

        if (first.IsError || second.IsError)
        {
            return first.IsError ? first : second;
        }

        return Comparing.Order(first, second) is { } order
            ? ExpressionValue.Of(order != Comparing.Unordered && Holds(order))
            : Error(ExpressionError.WrongType);
    }

    private bool Holds(int order) => Kind switch
    {
        ComparisonKind.Less => order < 0,
        ComparisonKind.LessOrEqual => order <= 0,
        ComparisonKind.Greater => order > 0,
        _ => order >= 0,
    };
}
