using Postroom.Expressions.Values;

namespace Postroom.Expressions.Evaluation;

/// <summary>Whether a text begins with, ends in or contains another; both are whole characters of UTF-8, so bytes tell.
/// </summary>
internal sealed class TextTestNode(TextTestKind kind, Node text, Node part) : Node(ExpressionType.Bool, text, part)
{
    public TextTestKind Kind { get; } = kind;

    public Node Text { get; } = text;

    public Node Part { get; } = part;

    public override ExpressionValue Evaluate(ref EvaluationFrame frame)
    {
        var whole = Text.Evaluate(ref frame);
        var sought = Part.Evaluate(ref frame);
        if (whole.IsError || sought.IsError)
        {
            return whole.IsError ? whole : sought;
        }

        if (whole.Kind != ExpressionValueKind.String || sought.Kind != ExpressionValueKind.String)
        {
            return Error(ExpressionError.WrongType);
        }

        var bytes = whole.Bytes.Span;
        var other = sought.Bytes.Span;
        return Kind switch
        {
            TextTestKind.StartsWith => ExpressionValue.Of(bytes.StartsWith(other)),
            TextTestKind.EndsWith => ExpressionValue.Of(bytes.EndsWith(other)),
            _ => !frame.SpendBytes(bytes.Length + other.Length) ? Error(ExpressionError.TooMuchWork)
                : ExpressionValue.Of(TextSearch.Contains(bytes, other)),
        };
    }
}
