using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Postroom.Expressions.Values;

/// <summary>Values of one type as those of another (CEL specification, "Type Conversions").</summary>
internal static class Converting
{
    private const int NumberLengthMax = 400;

    private const NumberStyles Number =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public static ExpressionValue To(ExpressionTypeKind kind, in ExpressionValue value) => kind switch
    {
        ExpressionTypeKind.Int => ToInt(value),
        ExpressionTypeKind.Double => ToDoubleValue(value),
        ExpressionTypeKind.String => ToText(value),
        ExpressionTypeKind.Bool => ToBool(value),
        ExpressionTypeKind.Timestamp => ToTimestamp(value),
        _ => ToDuration(value),
    };

    /// <summary>Of a number of any kind.</summary>
    public static double ToDouble(in ExpressionValue value) => value.Kind switch
    {
        ExpressionValueKind.Int => value.AsInt,
        ExpressionValueKind.Double => value.AsDouble,
        _ => Utf8Parser.TryParse(value.Bytes.Span, out double number, out _) ? number : double.NaN,
    };

    private static ExpressionValue ToInt(in ExpressionValue value)
    {
        switch (value.Kind)
        {
            case ExpressionValueKind.Int:
                return value;
            case ExpressionValueKind.Double or ExpressionValueKind.Decimal:
                var number = Math.Truncate(ToDouble(value));
                return number is > -9_223_372_036_854_775_808.0 and < 9_223_372_036_854_775_808.0
                    ? ExpressionValue.Of((long)number)
                    : ExpressionValue.Error(ExpressionError.OutOfRange);
            case ExpressionValueKind.String:
                return Utf8Parser.TryParse(value.Bytes.Span, out long whole, out var taken)
                    && taken == value.Bytes.Length && value.Bytes.Span[0] != (byte)'+'
                        ? ExpressionValue.Of(whole)
                        : ExpressionValue.Error(ExpressionError.NotConvertible);
            case ExpressionValueKind.Timestamp:
                return ExpressionValue.Of(value.AsSeconds);
            default:
                return ExpressionValue.Error(ExpressionError.WrongType);
        }
    }

    private static ExpressionValue ToDoubleValue(in ExpressionValue value) => value.Kind switch
    {
        ExpressionValueKind.Double => value,
        ExpressionValueKind.Int or ExpressionValueKind.Decimal => ExpressionValue.Of(ToDouble(value)),
        ExpressionValueKind.String when value.Bytes.Length <= NumberLengthMax
            && double.TryParse(value.Bytes.Span, Number, CultureInfo.InvariantCulture, out var number) =>
            ExpressionValue.Of(number),
        ExpressionValueKind.String => ExpressionValue.Error(ExpressionError.NotConvertible),
        _ => ExpressionValue.Error(ExpressionError.WrongType),
    };

    private static ExpressionValue ToText(in ExpressionValue value) => value.Kind switch
    {
        ExpressionValueKind.String => value,
        ExpressionValueKind.Decimal => ExpressionValue.Utf8(value.Bytes),
        ExpressionValueKind.Int => ExpressionValue.Of(value.AsInt.ToString(CultureInfo.InvariantCulture)),
        ExpressionValueKind.Double => ExpressionValue.Of(Written(value.AsDouble)),
        ExpressionValueKind.Bool => ExpressionValue.Of(value.AsBool ? "true" : "false"),
        ExpressionValueKind.Timestamp =>
            ExpressionValue.Of(TimeText.Write(value.AsSeconds, value.NanosecondsOfSecond)),
        ExpressionValueKind.Duration => ExpressionValue.Of(TimeText.WriteDuration(value.AsInt)),
        _ => ExpressionValue.Error(ExpressionError.WrongType),
    };

    private static ExpressionValue ToBool(in ExpressionValue value) => value.Kind switch
    {
        ExpressionValueKind.Bool => value,
        ExpressionValueKind.String => Encoding.UTF8.GetString(value.Bytes.Span) switch
        {
            "1" or "t" or "T" or "true" or "TRUE" or "True" => ExpressionValue.Of(true),
            "0" or "f" or "F" or "false" or "FALSE" or "False" => ExpressionValue.Of(false),
            _ => ExpressionValue.Error(ExpressionError.NotConvertible),
        },
        _ => ExpressionValue.Error(ExpressionError.WrongType),
    };

    private static ExpressionValue ToTimestamp(in ExpressionValue value) => value.Kind switch
    {
        ExpressionValueKind.Timestamp => value,
        ExpressionValueKind.Int => TimeText.Moment(value.AsInt, 0),
        ExpressionValueKind.String => TimeText.Moment(value.Bytes.Span),
        _ => ExpressionValue.Error(ExpressionError.WrongType),
    };

    private static ExpressionValue ToDuration(in ExpressionValue value) => value.Kind switch
    {
        ExpressionValueKind.Duration => value,
        ExpressionValueKind.String => TimeText.Duration(value.Bytes.Span),
        _ => ExpressionValue.Error(ExpressionError.WrongType),
    };

    /// <summary>The shortest text that reads as the number, with a small exponent as in <c>1e-06</c>.</summary>
    private static string Written(double number) => number switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => number.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e'),
    };
}
