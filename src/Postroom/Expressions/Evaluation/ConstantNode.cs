using Postroom.Expressions.Values;

namespace Postroom.Expressions.Evaluation;

/// <summary>A value that the expression writes.</summary>
internal sealed class ConstantNode(ExpressionValue value, ExpressionType type) : Node(type)
{
    public ExpressionValue Value { get; } = value;

    public override ExpressionValue Evaluate(ref EvaluationFrame frame) => Value;
}
