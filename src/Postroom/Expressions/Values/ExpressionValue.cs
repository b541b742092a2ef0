using System.Text;

namespace Postroom.Expressions.Values;

/// <summary>A value, or the error that there is instead. Parts of a document stay parts of it, without a copy.
/// </summary>
internal readonly struct ExpressionValue
{
    private const long NanosecondsPerTick = 100;

    private readonly object? _items;
    private readonly long _number;
    private readonly int _nanoseconds;

    private ExpressionValue(
        ExpressionValueKind kind,
        long number = 0,
        int nanoseconds = 0,
        ReadOnlyMemory<byte> bytes = default,
        object? items = null)
    {
        Kind = kind;
        _number = number;
        _nanoseconds = nanoseconds;
        Bytes = bytes;
        _items = items;
    }

    public ExpressionValueKind Kind { get; }

    /// <summary>Of a text without escapes, of a number as written, or of a JSON array or object.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    public static ExpressionValue Null { get; } = new(ExpressionValueKind.Null);

    public bool IsError => Kind == ExpressionValueKind.Error;

    public bool IsNull => Kind == ExpressionValueKind.Null;

    public ExpressionError AsError => (ExpressionError)_number;

    public bool AsBool => _number != 0;

    public long AsInt => _number;

    public double AsDouble => BitConverter.Int64BitsToDouble(_number);

    /// <summary>Since 1970-01-01T00:00:00Z.</summary>
    public Int128 AsNanoseconds => Kind == ExpressionValueKind.Duration
        ? _number
        : (Int128)_number * 1_000_000_000 + _nanoseconds;

    /// <summary>The seconds of a moment, rounded down.</summary>
    public long AsSeconds => _number;

    /// <summary>The rest of a moment behind its whole seconds.</summary>
    public int NanosecondsOfSecond => _nanoseconds;

    public ExpressionValue[] AsItems => (ExpressionValue[])_items!;

    public static ExpressionValue Error(ExpressionError error) => new(ExpressionValueKind.Error, (long)error);

    public static ExpressionValue Of(bool value) => new(ExpressionValueKind.Bool, value ? 1 : 0);

    public static ExpressionValue Of(long value) => new(ExpressionValueKind.Int, value);

    public static ExpressionValue Of(double value) =>
        new(ExpressionValueKind.Double, BitConverter.DoubleToInt64Bits(value));

    /// <summary>A double that is compared with a document's numbers as it was written.</summary>
    public static ExpressionValue Of(double value, ReadOnlyMemory<byte> text) =>
        new(ExpressionValueKind.Double, BitConverter.DoubleToInt64Bits(value), bytes: text);

    public static ExpressionValue Of(string value) =>
        new(ExpressionValueKind.String, bytes: Encoding.UTF8.GetBytes(value));

    public static ExpressionValue Of(DateTimeOffset value)
    {
        var (seconds, ticks) = Math.DivRem(value.UtcTicks - DateTimeOffset.UnixEpoch.Ticks, TimeSpan.TicksPerSecond);
        return ticks < 0
            ? Moment(seconds - 1, (int)((ticks + TimeSpan.TicksPerSecond) * NanosecondsPerTick))
            : Moment(seconds, (int)(ticks * NanosecondsPerTick));
    }

    public static ExpressionValue Of(ExpressionValue[] items) => new(ExpressionValueKind.List, items: items);

    public static ExpressionValue Moment(long seconds, int nanoseconds) =>
        new(ExpressionValueKind.Timestamp, seconds, nanoseconds);

    /// <param name="nanoseconds">Its length.</param>
    public static ExpressionValue Lasting(long nanoseconds) => new(ExpressionValueKind.Duration, nanoseconds);

    /// <param name="utf8">Text in UTF-8, without quotes and escapes.</param>
    public static ExpressionValue Utf8(ReadOnlyMemory<byte> utf8) => new(ExpressionValueKind.String, bytes: utf8);

    /// <param name="text">A number of RFC 8259 §6.</param>
    public static ExpressionValue Decimal(ReadOnlyMemory<byte> text) => new(ExpressionValueKind.Decimal, bytes: text);

    /// <param name="utf8Json">A JSON value that was checked before.</param>
    public static ExpressionValue Json(ReadOnlyMemory<byte> utf8Json) =>
        JsonReading.Read(utf8Json, ExpressionType.Dyn);

    internal static ExpressionValue JsonArray(ReadOnlyMemory<byte> text) =>
        new(ExpressionValueKind.JsonArray, bytes: text);

    internal static ExpressionValue JsonObject(ReadOnlyMemory<byte> text) =>
        new(ExpressionValueKind.JsonObject, bytes: text);
}
