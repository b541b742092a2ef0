using Postroom.Expressions.Values;

namespace Postroom.Expressions.Evaluation;

/// <summary><c>size(operand)</c>: code points of a text, items of a list, members of an object.</summary>
internal sealed class SizeNode(Node operand) : Node(ExpressionType.Int, operand)
{
    public override ExpressionValue Evaluate(ref EvaluationFrame frame)
    {
        var value = operand.Evaluate(ref frame);
        if (value.IsError || !frame.SpendBytes(value.Bytes.Length))
        {
            return value.IsError ? value : Error(ExpressionError.TooMuchWork);
        }

        return value.Kind switch
        {
            ExpressionValueKind.String => ExpressionValue.Of(CodePoints(value.Bytes.Span)),
            ExpressionValueKind.List or ExpressionValueKind.JsonArray => ExpressionValue.Of(ListItems.Count(value)),
            ExpressionValueKind.JsonObject => ExpressionValue.Of(JsonMembers.Count(value)),
            _ => Error(ExpressionError.WrongType),
        };
    }

    /// <summary>Every byte that does not continue a character begins one.</summary>
    private static long CodePoints(ReadOnlySpan<byte> text)
    {
        long count = 0;
        foreach (var unit in text)
        {
            count += (unit & 0xC0) == 0x80 ? 0 : 1;
        }

        return count;
    }
}
