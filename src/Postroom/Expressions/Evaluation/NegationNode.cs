using Postroom.Expressions.Values;

namespace Postroom.Expressions.Evaluation;

/// <summary><c>-operand</c></summary>
internal sealed class NegationNode(Node operand) : Node(operand.Type, operand)
{
    public override ExpressionValue Evaluate(ref EvaluationFrame frame)
    {
        var value = operand.Evaluate(ref frame);
        return value.Kind switch
        {
            ExpressionValueKind.Int => value.AsInt == long.MinValue
                ? Error(ExpressionError.OutOfRange)
                : ExpressionValue.Of(-value.AsInt),
            ExpressionValueKind.Double or ExpressionValueKind.Decimal =>
                ExpressionValue.Of(-Converting.ToDouble(value)),
            ExpressionValueKind.Error => value,
            _ => Error(ExpressionError.WrongType),
        };
    }
}
