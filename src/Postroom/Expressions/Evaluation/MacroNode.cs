using Postroom.Expressions.Values;

namespace Postroom.Expressions.Evaluation;

/// <summary><c>list.all(item, condition)</c> and its kin (CEL specification, "Macros").</summary>
/// <param name="kind">Which.</param>
/// <param name="list">What is gone through; the names of an object.</param>
/// <param name="local">The number of the item's name.</param>
/// <param name="condition">What is asked of each item; null for <c>map</c> with none.</param>
/// <param name="result">What <c>map</c> makes of each item.</param>
/// <param name="type">The type of the whole.</param>
internal sealed class MacroNode(
    MacroKind kind, Node list, int local, Node? condition, Node? result, ExpressionType type)
    : Node(type, [.. new[] { list, condition, result }.OfType<Node>()])
{
    private readonly ExpressionType _element =
        list.Type.Kind == ExpressionTypeKind.List ? list.Type.Element : ExpressionType.Dyn;

    public override ExpressionValue Evaluate(ref EvaluationFrame frame)
    {
        var range = list.Evaluate(ref frame);
        if (range.IsError)
        {
            return range;
        }

        if (range.Kind == ExpressionValueKind.JsonObject)
        {
            range = Names(range);
        }

        if (!Comparing.IsList(range.Kind))
        {
            return Error(ExpressionError.WrongType);
        }

        return kind is MacroKind.All or MacroKind.Exists ? Judge(range, ref frame) : Collect(range, ref frame);
    }

    private static ExpressionValue Names(in ExpressionValue map)
    {
        var names = new List<ExpressionValue>();
        var members = new JsonMembers(map);
        while (members.Next(out var name, out _))
        {
            names.Add(ExpressionValue.Utf8(name));
        }

        return ExpressionValue.Of([.. names]);
    }

    /// <summary>As a chain of <c>&amp;&amp;</c> or <c>||</c>: the item that decides does so beside errors.</summary>
    private ExpressionValue Judge(in ExpressionValue range, ref EvaluationFrame frame)
    {
        var decides = kind == MacroKind.Exists;
        ExpressionValue? error = null;
        var items = new ListItems(range, _element);
        while (items.Next(out frame.Locals[local]))
        {
            if (!frame.Spend(1))
            {
                return Error(ExpressionError.TooMuchWork);
            }

            var value = condition!.Evaluate(ref frame);
            if (value.Kind != ExpressionValueKind.Bool)
            {
                error ??= value.IsError ? value : Error(ExpressionError.WrongType);
            }
            else if (value.AsBool == decides)
            {
                return value;
            }
        }

        return error ?? ExpressionValue.Of(!decides);
    }

    private ExpressionValue Collect(in ExpressionValue range, ref EvaluationFrame frame)
    {
        var (kept, count) = (new List<ExpressionValue>(), 0);
        var items = new ListItems(range, _element);
        while (items.Next(out var item))
        {
            if (!frame.Spend(1))
            {
                return Error(ExpressionError.TooMuchWork);
            }

            frame.Locals[local] = item;
            var holds = condition?.Evaluate(ref frame) ?? ExpressionValue.Of(true);
            if (holds.Kind != ExpressionValueKind.Bool)
            {
                return holds.IsError ? holds : Error(ExpressionError.WrongType);
            }

            if (!holds.AsBool)
            {
                continue;
            }

            count++;
            if (kind != MacroKind.ExistsOne)
            {
                kept.Add(result?.Evaluate(ref frame) ?? item);
                if (kept[^1].IsError)
                {
                    return kept[^1];
                }
            }
        }

        return kind == MacroKind.ExistsOne ? ExpressionValue.Of(count == 1) : ExpressionValue.Of([.. kept]);
    }
}
