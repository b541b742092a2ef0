using System.Buffers.Text;
using Postroom.JsonSchema.Text;

namespace Postroom.Expressions.Values;

/// <summary>Values out of JSON text that was checked when it was accepted.</summary>
internal static class JsonReading
{
    /// <summary>Digits of the greatest double, and some less.</summary>
    private const int FiniteLength = 300;

    /// <summary>Digits of the greatest whole number of 64 bits.</summary>
    private const int LongDigitsMax = 19;

    /// <summary>The value, or an error when it is not of the type that is expected.</summary>
    /// <param name="json">One JSON value, perhaps with white space around it.</param>
    /// <param name="type">What the schema says of it.</param>
    public static ExpressionValue Read(ReadOnlyMemory<byte> json, ExpressionType type)
    {
        var span = json.Span;
        var start = span.IndexOfAnyExcept(" \t\r\n"u8);
        if (start < 0)
        {
            return ExpressionValue.Error(ExpressionError.Absent);
        }

        json = json[start..(span.LastIndexOfAnyExcept(" \t\r\n"u8) + 1)];
        return json.Span[0] switch
        {
            (byte)'n' when type.IsNullable || type.IsDyn => ExpressionValue.Null,
            (byte)'t' when Is(type, ExpressionTypeKind.Bool) => ExpressionValue.Of(true),
            (byte)'f' when Is(type, ExpressionTypeKind.Bool) => ExpressionValue.Of(false),
            (byte)'"' when Is(type, ExpressionTypeKind.String) => ExpressionValue.Utf8(Text(json[1..^1])),
            (byte)'"' when type.Kind == ExpressionTypeKind.Timestamp => TimeText.Moment(Text(json[1..^1]).Span),
            (byte)'[' when Is(type, ExpressionTypeKind.List) => ExpressionValue.JsonArray(json),
            (byte)'{' when Is(type, ExpressionTypeKind.Map) => ExpressionValue.JsonObject(json),
            (byte)'-' or (>= (byte)'0' and <= (byte)'9') => Number(json, type.Kind),
            _ => ExpressionValue.Error(ExpressionError.WrongType),
        };
    }

    /// <summary>Text without escapes, from what stands between the quotes.</summary>
    public static ReadOnlyMemory<byte> Text(ReadOnlyMemory<byte> content)
    {
        if (content.Span.IndexOf((byte)'\\') < 0)
        {
            return content;
        }

        var plain = new byte[content.Length];
        return plain.AsMemory(0, JsonString.Unescape(content.Span, plain));
    }

    private static bool Is(ExpressionType type, ExpressionTypeKind kind) => type.Kind == kind || type.IsDyn;

    private static ExpressionValue Number(ReadOnlyMemory<byte> json, ExpressionTypeKind kind)
    {
        var text = json.Span;
        if (kind is not (ExpressionTypeKind.Int or ExpressionTypeKind.Double or ExpressionTypeKind.Dyn))
        {
            return ExpressionValue.Error(ExpressionError.WrongType);
        }

        // What is declared a number stays one, so that 10 divided by 4.0 is not judged as a whole number.
        if (kind == ExpressionTypeKind.Double)
        {
            return IsFinite(text) ? ExpressionValue.Decimal(json) : ExpressionValue.Error(ExpressionError.OutOfRange);
        }

        if (Utf8Parser.TryParse(text, out long whole, out var taken) && taken == text.Length)
        {
            return ExpressionValue.Of(whole);
        }

        return kind == ExpressionTypeKind.Dyn ? ExpressionValue.Decimal(json) : Whole(DecimalText.Parse(text));
    }

    /// <summary>Short texts without an exponent are; only others need to be read.</summary>
    private static bool IsFinite(ReadOnlySpan<byte> text) =>
        (text.Length <= FiniteLength && text.IndexOfAny((byte)'e', (byte)'E') < 0)
        || (Utf8Parser.TryParse(text, out double number, out _) && double.IsFinite(number));

    /// <summary>18.0 and 18e0 are whole numbers as well (JSON Schema 2020-12 §6.1.1); beyond 64 bits there is none.
    /// </summary>
    private static ExpressionValue Whole(DecimalText number)
    {
        if (!number.IsWhole)
        {
            return ExpressionValue.Error(ExpressionError.WrongType);
        }

        if (number.DigitCount + number.Scale > LongDigitsMax)
        {
            return ExpressionValue.Error(ExpressionError.OutOfRange);
        }

        Int128 whole = 0;
        for (var index = 0; index < number.DigitCount + (int)number.Scale; index++)
        {
            whole = whole * 10 + (index < number.DigitCount ? number.Digit(index) : 0);
        }

        whole = number.IsNegative ? -whole : whole;
        return whole >= long.MinValue && whole <= long.MaxValue
            ? ExpressionValue.Of((long)whole)
            : ExpressionValue.Error(ExpressionError.OutOfRange);
    }
}
