using Postroom.Expressions.Values;

namespace Postroom.Expressions.Evaluation;

/// <summary>The name that a macro gives to each item.</summary>
internal sealed class LocalNode(int index, ExpressionType type) : Node(type)
{
    public override ExpressionValue Evaluate(ref EvaluationFrame frame) => frame.Locals[index];
}
