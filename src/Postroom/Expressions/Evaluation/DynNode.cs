using Postroom.Expressions.Values;

namespace Postroom.Expressions.Evaluation;

/// <summary><c>dyn(operand)</c>: the same value, of a type that nobody checks before.</summary>
internal sealed class DynNode(Node operand) : Node(ExpressionType.Dyn, operand)
{
    public override ExpressionValue Evaluate(ref EvaluationFrame frame) => operand.Evaluate(ref frame);
}
