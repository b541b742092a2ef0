using Postroom.Expressions.Values;

namespace Postroom.Expressions.Evaluation;

/// <summary><c>+ - * / %</c>. Whole numbers that leave 64 bits are an error, as is a division by zero.</summary>
internal sealed class ArithmeticNode(char sign, Node left, Node right, ExpressionType type) : Node(type, left, right)
{
    public override ExpressionValue Evaluate(ref EvaluationFrame frame)
    {
        var first = left.Evaluate(ref frame);
        var second = right.Evaluate(ref frame);
        if (first.IsError || second.IsError)
        {
            return first.IsError ? first : second;
        }

        if (first.Kind == ExpressionValueKind.Int && second.Kind == ExpressionValueKind.Int)
        {
            return Type.Kind == ExpressionTypeKind.Double
                ? Doubles(first.AsInt, second.AsInt)
                : Whole(first.AsInt, second.AsInt);
        }

        if (Comparing.IsNumber(first.Kind) && Comparing.IsNumber(second.Kind))
        {
            return Doubles(Converting.ToDouble(first), Converting.ToDouble(second));
        }

        return sign switch
        {
            '+' when first.Kind == ExpressionValueKind.String && second.Kind == first.Kind =>
                Join(first, second, ref frame),
            '+' when Comparing.IsList(first.Kind) && Comparing.IsList(second.Kind) => Append(first, second, ref frame),
            '+' or '-' => Times(first, second),
            _ => Error(ExpressionError.WrongType),
        };
    }

    private static ExpressionValue Join(in ExpressionValue first, in ExpressionValue second, ref EvaluationFrame frame)
    {
        if (!frame.SpendBytes(first.Bytes.Length + second.Bytes.Length))
        {
            return Error(ExpressionError.TooMuchWork);
        }

        byte[] joined = [.. first.Bytes.Span, .. second.Bytes.Span];
        return ExpressionValue.Utf8(joined);
    }

    private static ExpressionValue Append(
        in ExpressionValue first, in ExpressionValue second, ref EvaluationFrame frame)
    {
        var joined = new List<ExpressionValue>();
        foreach (var list in (ReadOnlySpan<ExpressionValue>)[first, second])
        {
            var items = new ListItems(list, ExpressionType.Dyn);
            while (items.Next(out var item))
            {
                joined.Add(item);
                if (!frame.Spend(1))
                {
                    return Error(ExpressionError.TooMuchWork);
                }
            }
        }

        return ExpressionValue.Of([.. joined]);
    }

    private ExpressionValue Whole(long first, long second)
    {
        if (sign is '/' or '%' && second == 0)
        {
            return Error(ExpressionError.DivisionByZero);
        }

        // The one division that leaves 64 bits; its rest is an error as well, as in CEL.
        if (sign is '/' or '%' && first == long.MinValue && second == -1)
        {
            return Error(ExpressionError.OutOfRange);
        }

        var result = sign switch
        {
            '+' => (Int128)first + second,
            '-' => (Int128)first - second,
            '*' => (Int128)first * second,
            '/' => first / second,
            _ => first % second,
        };
        return result >= long.MinValue && result <= long.MaxValue
            ? ExpressionValue.Of((long)result)
            : Error(ExpressionError.OutOfRange);
    }

    private ExpressionValue Doubles(double first, double second) => sign switch
    {
        '+' => ExpressionValue.Of(first + second),
        '-' => ExpressionValue.Of(first - second),
        '*' => ExpressionValue.Of(first * second),
        '/' => ExpressionValue.Of(first / second),
        _ => Error(ExpressionError.WrongType),
    };

    private ExpressionValue Times(in ExpressionValue first, in ExpressionValue second)
    {
        var right = sign == '-' ? -second.AsNanoseconds : second.AsNanoseconds;
        return (first.Kind, second.Kind, sign) switch
        {
            (ExpressionValueKind.Duration, ExpressionValueKind.Duration, _)
                or (ExpressionValueKind.Timestamp, ExpressionValueKind.Timestamp, '-') =>
                Lasting(first.AsNanoseconds + right),
            (ExpressionValueKind.Timestamp, ExpressionValueKind.Duration, _)
                or (ExpressionValueKind.Duration, ExpressionValueKind.Timestamp, '+') =>
                Moment(first.AsNanoseconds + right),
            _ => Error(ExpressionError.WrongType),
        };
    }

    private static ExpressionValue Lasting(Int128 nanoseconds) =>
        nanoseconds >= long.MinValue && nanoseconds <= long.MaxValue
            ? ExpressionValue.Lasting((long)nanoseconds)
            : Error(ExpressionError.OutOfRange);

    private static ExpressionValue Moment(Int128 nanoseconds)
    {
        var (seconds, rest) = Int128.DivRem(nanoseconds, 1_000_000_000);
        return rest < 0
            ? TimeText.Moment((long)seconds - 1, (int)rest + 1_000_000_000)
            : TimeText.Moment((long)seconds, (int)rest);
    }
}
