using Postroom.Expressions.Values;

namespace Postroom.Expressions.Evaluation;

/// <summary><c>int(x)</c>, <c>double(x)</c>, <c>string(x)</c>, <c>bool(x)</c>, <c>timestamp(x)</c>, <c>duration(x)</c>.
/// </summary>
internal sealed class ConversionNode(Node operand, ExpressionType type) : Node(type, operand)
{
    public override ExpressionValue Evaluate(ref EvaluationFrame frame)
    {
        var value = operand.Evaluate(ref frame);
        return value.IsError ? value : Converting.To(Type.Kind, value);
    }
}
