using Postroom.Expressions.Values;
using Postroom.JsonSchema.Patterns;

namespace Postroom.Expressions.Evaluation;

/// <summary><c>text.matches(pattern)</c>, in time linear in the text, by the engine of the schemas' patterns.</summary>
internal sealed class MatchesNode(Node text, LinearPattern pattern) : Node(ExpressionType.Bool, text)
{
    public override ExpressionValue Evaluate(ref EvaluationFrame frame)
    {
        var value = text.Evaluate(ref frame);
        if (value.IsError || value.Kind != ExpressionValueKind.String)
        {
            return value.IsError ? value : Error(ExpressionError.WrongType);
        }

        return frame.SpendBytes(value.Bytes.Length)
            ? ExpressionValue.Of(pattern.IsMatch(value.Bytes.Span))
            : Error(ExpressionError.TooMuchWork);
    }
}
