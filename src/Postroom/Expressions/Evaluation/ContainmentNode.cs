using Postroom.Expressions.Values;

namespace Postroom.Expressions.Evaluation;

/// <summary><c>item in list</c>, or <c>name in object</c>.</summary>
internal sealed class ContainmentNode(Node item, Node container) : Node(ExpressionType.Bool, item, container)
{
    private readonly ExpressionType _element =
        container.Type.Kind == ExpressionTypeKind.List ? container.Type.Element : ExpressionType.Dyn;

    public Node Item { get; } = item;

    public Node Container { get; } = container;

    public override ExpressionValue Evaluate(ref EvaluationFrame frame)
    {
        var sought = Item.Evaluate(ref frame);
        var within = Container.Evaluate(ref frame);
        if (sought.IsError || within.IsError)
        {
            return sought.IsError ? sought : within;
        }

        if (within.Kind == ExpressionValueKind.JsonObject)
        {
            return !frame.SpendBytes(within.Bytes.Length) ? Error(ExpressionError.TooMuchWork)
                : ExpressionValue.Of(sought.Kind == ExpressionValueKind.String
                    && JsonMembers.TryFind(within, sought.Bytes.Span, out _));
        }

        return Comparing.IsList(within.Kind) ? Search(sought, within, ref frame) : Error(ExpressionError.WrongType);
    }

    /// <summary>An item that is found counts more than one that is not of its type.</summary>
    private ExpressionValue Search(in ExpressionValue sought, in ExpressionValue list, ref EvaluationFrame frame)
    {
        var result = ExpressionValue.Of(false);
        var items = new ListItems(list, _element);
        while (items.Next(out var each))
        {
            if (!frame.Spend(1))
            {
                return Error(ExpressionError.TooMuchWork);
            }

            var equal = Comparing.Equal(sought, each, ref frame);
            if (equal is { IsError: false, AsBool: true })
            {
                return equal;
            }

            result = equal.IsError ? equal : result;
        }

        return result;
    }
}
