using Postroom.Expressions.Values;

namespace Postroom.Expressions.Evaluation;

/// <summary>
/// <c>&amp;&amp;</c> or <c>||</c>. The part that decides does so beside others that are errors, in any order (CEL
/// specification, "Logical Operators").
/// </summary>
internal sealed class LogicNode(bool isAnd, params Node[] parts) : Node(ExpressionType.Bool, parts)
{
    public bool IsAnd { get; } = isAnd;

    public Node[] Parts { get; } = parts;

    public override ExpressionValue Evaluate(ref EvaluationFrame frame)
    {
        ExpressionValue? error = null;
        foreach (var part in Parts)
        {
            var value = part.Evaluate(ref frame);
            if (value.Kind != ExpressionValueKind.Bool)
            {
                error ??= value.IsError ? value : Error(ExpressionError.WrongType);
            }
            else if (value.AsBool != IsAnd)
            {
                return value;
            }
        }

        return error ?? ExpressionValue.Of(IsAnd);
    }
}
