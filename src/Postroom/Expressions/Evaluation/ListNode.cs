using Postroom.Expressions.Values;

namespace Postroom.Expressions.Evaluation;

/// <summary><c>[…]</c></summary>
internal sealed class ListNode(Node[] items, ExpressionType type) : Node(type, items)
{
    /// <summary>What needs no evaluation is put together once.</summary>
    private readonly ExpressionValue? _constant = items.All(item => item is ConstantNode)
        ? ExpressionValue.Of([.. items.Cast<ConstantNode>().Select(item => item.Value)])
        : null;

    public IReadOnlyList<Node> Items { get; } = items;

    public override ExpressionValue Evaluate(ref EvaluationFrame frame)
    {
        if (_constant is { } constant)
        {
            return constant;
        }

        var values = new ExpressionValue[Items.Count];
        for (var index = 0; index < Items.Count; index++)
        {
            values[index] = Items[index].Evaluate(ref frame);
            if (values[index].IsError || !frame.Spend(1))
            {
                return values[index].IsError ? values[index] : Error(ExpressionError.TooMuchWork);
            }
        }

        return ExpressionValue.Of(values);
    }
}
