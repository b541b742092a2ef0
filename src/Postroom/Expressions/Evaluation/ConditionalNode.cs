using Postroom.Expressions.Values;

namespace Postroom.Expressions.Evaluation;

/// <summary><c>condition ? then : otherwise</c>; only the chosen one is evaluated.</summary>
internal sealed class ConditionalNode(Node condition, Node then, Node otherwise, ExpressionType type)
    : Node(type, condition, then, otherwise)
{
    public Node Condition { get; } = condition;

    public Node Then { get; } = then;

    public Node Otherwise { get; } = otherwise;

    public override ExpressionValue Evaluate(ref EvaluationFrame frame)
    {
        var value = Condition.Evaluate(ref frame);
        return value.Kind == ExpressionValueKind.Bool ? (value.AsBool ? Then : Otherwise).Evaluate(ref frame)
            : value.IsError ? value
            : Error(ExpressionError.WrongType);
    }
}
