using Postroom.Expressions.Values;

namespace Postroom.Expressions.Evaluation;

/// <summary><c>!operand</c></summary>
internal sealed class NotNode(Node operand) : Node(ExpressionType.Bool, operand)
{
    public Node Operand { get; } = operand;

    public override ExpressionValue Evaluate(ref EvaluationFrame frame)
    {
        var value = Operand.Evaluate(ref frame);
        return value.Kind == ExpressionValueKind.Bool ? ExpressionValue.Of(!value.AsBool)
            : value.IsError ? value
            : Error(ExpressionError.WrongType);
    }
}
