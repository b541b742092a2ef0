using Postroom.Expressions.Values;

namespace Postroom.Expressions.Evaluation;

/// <summary>An item of a list, or a member of an object, by a key that is known only now.</summary>
internal sealed class IndexNode(Node operand, Node key, ExpressionType type) : Node(type, operand, key)
{
    public override ExpressionValue Evaluate(ref EvaluationFrame frame)
    {
        var container = operand.Evaluate(ref frame);
        var place = key.Evaluate(ref frame);
        if (container.IsError || place.IsError)
        {
            return container.IsError ? container : place;
        }

        if (place.Kind == ExpressionValueKind.String)
        {
            return MemberNode.Find(container, place.Bytes.Span, Type, ref frame);
        }

        if (!Comparing.IsList(container.Kind) || !TryIndex(place, out var index))
        {
            return Error(ExpressionError.WrongType);
        }

        return index < 0 ? Error(ExpressionError.IndexOutOfRange) : Item(container, index, ref frame);
    }

    /// <summary>A double that is a whole number counts as one.</summary>
    private static bool TryIndex(in ExpressionValue key, out long index)
    {
        index = key.Kind == ExpressionValueKind.Double && double.IsInteger(key.AsDouble)
            ? (long)key.AsDouble
            : key.AsInt;
        return key.Kind == ExpressionValueKind.Int
            || (key.Kind == ExpressionValueKind.Double && double.IsInteger(key.AsDouble));
    }

    private ExpressionValue Item(in ExpressionValue list, long index, ref EvaluationFrame frame)
    {
        if (list.Kind == ExpressionValueKind.List)
        {
            return index < list.AsItems.Length ? list.AsItems[index] : Error(ExpressionError.IndexOutOfRange);
        }

        var items = new ListItems(list, Type);
        while (items.Next(out var item))
        {
            if (!frame.Spend(1))
            {
                return Error(ExpressionError.TooMuchWork);
            }

            if (index-- == 0)
            {
                return item;
            }
        }

        return Error(ExpressionError.IndexOutOfRange);
    }
}
