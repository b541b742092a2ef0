using Postroom.Expressions.Values;

namespace Postroom.Expressions.Evaluation;

/// <summary><c>has(a.b)</c>: whether b is there with the type that it is declared to have. Where a itself is not there,
/// that is an error.</summary>
/// <param name="operand">What should have it; null when it is a variable itself.</param>
/// <param name="member">What is asked for.</param>
internal sealed class PresenceNode(Node? operand, Node member)
    : Node(ExpressionType.Bool, operand is null ? [member] : [operand, member])
{
    public Node Member { get; } = member;

    public override ExpressionValue Evaluate(ref EvaluationFrame frame)
    {
        if (operand?.Evaluate(ref frame) is { Kind: not ExpressionValueKind.JsonObject } other)
        {
            return other.IsError ? other : Error(ExpressionError.WrongType);
        }

        var value = Member.Evaluate(ref frame);
        return value is { IsError: true, AsError: ExpressionError.TooMuchWork }
            ? value
            : ExpressionValue.Of(!value.IsError);
    }
}
