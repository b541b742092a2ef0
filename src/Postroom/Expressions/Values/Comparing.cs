using System.Globalization;
using Postroom.Expressions.Evaluation;
using Postroom.JsonSchema.Text;

namespace Postroom.Expressions.Values;

/// <summary>
/// Equality and order. Numbers are compared on one line, whole or not: a document's number and one that the expression
/// writes as decimals, of any size; a computed double by its exact value. Text is compared by code point, which is the
/// order of its UTF-8.
/// </summary>
internal static class Comparing
{
    /// <summary>Of two numbers that have none, such as NaN.</summary>
    public const int Unordered = int.MinValue;

    /// <summary>Below zero, zero, above zero, or null when values of these kinds have no order.</summary>
    public static int? Order(in ExpressionValue left, in ExpressionValue right)
    {
        if (left.Kind == ExpressionValueKind.Int && right.Kind == ExpressionValueKind.Int)
        {
            return left.AsInt.CompareTo(right.AsInt);
        }

        if (IsNumber(left.Kind) && IsNumber(right.Kind))
        {
            return Numbers(left, right);
        }

        return left.Kind != right.Kind ? null : left.Kind switch
        {
            ExpressionValueKind.String => left.Bytes.Span.SequenceCompareTo(right.Bytes.Span),
            ExpressionValueKind.Bool => left.AsBool.CompareTo(right.AsBool),
            ExpressionValueKind.Duration or ExpressionValueKind.Timestamp =>
                left.AsNanoseconds.CompareTo(right.AsNanoseconds),
            _ => null,
        };
    }

    /// <summary>Values of different kinds are not equal; an error stays one.</summary>
    public static ExpressionValue Equal(in ExpressionValue left, in ExpressionValue right, ref EvaluationFrame frame)
    {
        if (left.Kind == ExpressionValueKind.String && right.Kind == ExpressionValueKind.String)
        {
            return ExpressionValue.Of(left.Bytes.Span.SequenceEqual(right.Bytes.Span));
        }

        if (left.IsError || right.IsError)
        {
            return left.IsError ? left : right;
        }

        if (IsList(left.Kind) && IsList(right.Kind))
        {
            return Items(left, right, ref frame);
        }

        if (left.Kind == ExpressionValueKind.JsonObject && right.Kind == ExpressionValueKind.JsonObject)
        {
            return Members(left, right, ref frame);
        }

        return ExpressionValue.Of(left.IsNull ? right.IsNull : Order(left, right) == 0);
    }

    public static bool IsNumber(ExpressionValueKind kind) =>
        kind is ExpressionValueKind.Int or ExpressionValueKind.Double or ExpressionValueKind.Decimal;

    public static bool IsList(ExpressionValueKind kind) =>
        kind is ExpressionValueKind.List or ExpressionValueKind.JsonArray;

    private static int Numbers(in ExpressionValue left, in ExpressionValue right)
    {
        if (left.Kind == ExpressionValueKind.Double && double.IsNaN(left.AsDouble)
            || right.Kind == ExpressionValueKind.Double && double.IsNaN(right.AsDouble))
        {
            return Unordered;
        }

        if (left.Kind == ExpressionValueKind.Double && right.Kind == ExpressionValueKind.Double)
        {
            return left.AsDouble.CompareTo(right.AsDouble);
        }

        if (left.Kind == ExpressionValueKind.Double)
        {
            return -WithDouble(right, left);
        }

        return right.Kind == ExpressionValueKind.Double ? WithDouble(left, right) : Decimals(left, right);
    }

    private static int WithDouble(in ExpressionValue exact, in ExpressionValue number)
    {
        var value = number.AsDouble;
        if (double.IsInfinity(value))
        {
            return value > 0 ? -1 : 1;
        }

        if (exact.Kind == ExpressionValueKind.Decimal)
        {
            return Decimals(exact, number);
        }

        // Int128 holds every double below 2^64 without its fraction; beyond, the double alone decides.
        if (Math.Abs(value) >= 18_446_744_073_709_551_616.0)
        {
            return value > 0 ? -1 : 1;
        }

        var whole = (Int128)Math.Floor(value);
        var order = ((Int128)exact.AsInt).CompareTo(whole);
        return order == 0 && value > Math.Floor(value) ? -1 : order;
    }

    private static int Decimals(in ExpressionValue left, in ExpressionValue right)
    {
        Span<byte> leftText = stackalloc byte[32], rightText = stackalloc byte[32];
        return DecimalText.Compare(
            DecimalText.Parse(Written(left, leftText)), DecimalText.Parse(Written(right, rightText)));
    }

    /// <summary>A computed double counts as the shortest text that reads as it.</summary>
    private static ReadOnlySpan<byte> Written(in ExpressionValue value, Span<byte> room)
    {
        if (!value.Bytes.IsEmpty)
        {
            return value.Bytes.Span;
        }

        int length;
        _ = value.Kind == ExpressionValueKind.Int
            ? value.AsInt.TryFormat(room, out length, provider: CultureInfo.InvariantCulture)
            : value.AsDouble.TryFormat(room, out length, provider: CultureInfo.InvariantCulture);
        return room[..length];
    }

    private static ExpressionValue Items(in ExpressionValue left, in ExpressionValue right, ref EvaluationFrame frame)
    {
        var first = new ListItems(left, ExpressionType.Dyn);
        var second = new ListItems(right, ExpressionType.Dyn);
        while (true)
        {
            var (more, others) = (first.Next(out var one), second.Next(out var other));
            if (!more || !others)
            {
                return ExpressionValue.Of(more == others);
            }

            if (!frame.Spend(1))
            {
                return ExpressionValue.Error(ExpressionError.TooMuchWork);
            }

            var equal = Equal(one, other, ref frame);
            if (equal.IsError || !equal.AsBool)
            {
                return equal;
            }
        }
    }

    private static ExpressionValue Members(in ExpressionValue left, in ExpressionValue right, ref EvaluationFrame frame)
    {
        if (JsonMembers.Count(left) != JsonMembers.Count(right))
        {
            return ExpressionValue.Of(false);
        }

        var members = new JsonMembers(left);
        while (members.Next(out var name, out var value))
        {
            if (!frame.Spend(1 + right.Bytes.Length / 64))
            {
                return ExpressionValue.Error(ExpressionError.TooMuchWork);
            }

            if (!JsonMembers.TryFind(right, name.Span, out var other))
            {
                return ExpressionValue.Of(false);
            }

            var equal = Equal(ExpressionValue.Json(value), ExpressionValue.Json(other), ref frame);
            if (equal.IsError || !equal.AsBool)
            {
                return equal;
            }
        }

        return ExpressionValue.Of(true);
    }
}
