using System.Globalization;
using System.Text;
using Postroom.Expressions;
using Postroom.Expressions.Values;

namespace Postroom.Tests.Expressions;

/// <summary>A person's record as expressions see it, and short ways to ask.</summary>
internal static class Sample
{
    public const string Ada =
        """
        {"name": "Ada Lovelace", "age": 36, "price": 19.99, "active": true, "note": null, "joined": "1833-06-05T12:00:00Z",
         "tags": ["red", "blue"], "scores": [3, 1, 2], "address": {"city": "London", "zip": null},
         "first-name": "Ada", "big": 123456789012345678901, "any": {"deep": [1, {"x": 2}]}, "escaped": "a\u00e9\n\"\ud83d\ude00"}
        """;

    public static ExpressionType Person { get; } = ExpressionType.MapOf(
        new Dictionary<string, ExpressionType>
        {
            ["name"] = ExpressionType.String,
            ["age"] = ExpressionType.Int,
            ["price"] = ExpressionType.Double,
            ["active"] = ExpressionType.Bool,
            ["note"] = ExpressionType.String.OrNull(),
            ["joined"] = ExpressionType.Timestamp,
            ["tags"] = ExpressionType.ListOf(ExpressionType.String),
            ["scores"] = ExpressionType.ListOf(ExpressionType.Int),
            ["address"] = ExpressionType.MapOf(
                new Dictionary<string, ExpressionType>
                {
                    ["city"] = ExpressionType.String,
                    ["zip"] = ExpressionType.String.OrNull(),
                },
                null),
            ["first-name"] = ExpressionType.String,
            ["big"] = ExpressionType.Double,
            ["any"] = ExpressionType.Dyn,
            ["escaped"] = ExpressionType.String,
            ["labels"] = ExpressionType.MapOf(new Dictionary<string, ExpressionType>(), ExpressionType.String),
        },
        null);

    public static ExpressionEnvironment Environment { get; } = new ExpressionEnvironment { Container = "record" }
        .Declare("record", Person, isRow: true)
        .Declare("now", ExpressionType.Timestamp)
        .Declare("record.created", ExpressionType.Timestamp, isRow: true)
        .Declare("user", ExpressionType.MapOf(
            new Dictionary<string, ExpressionType>
            {
                ["id"] = ExpressionType.String,
                ["roles"] = ExpressionType.ListOf(ExpressionType.String),
            },
            null));

    public static DateTimeOffset Now { get; } = new(2026, 3, 1, 9, 30, 0, TimeSpan.Zero);

    public static Expression Compile(string text)
    {
        var result = Expression.Compile(text, Environment);
        Assert.True(result.Succeeded, result.Fault?.ToString());
        return result.Expression;
    }

    public static ExpressionFault Fault(string text)
    {
        var result = Expression.Compile(text, Environment);
        Assert.False(result.Succeeded, $"{text} compiles");
        return result.Fault;
    }

    public static ExpressionValue[] Variables(string record) =>
    [
        ExpressionValue.Json(Encoding.UTF8.GetBytes(record)),
        ExpressionValue.Of(Now),
        ExpressionValue.Of(Now.AddDays(-1)),
        ExpressionValue.Json("""{"id": "u1", "roles": ["editor", "admin"]}"""u8.ToArray()),
    ];

    public static ExpressionValue Evaluate(string text, string record = Ada) =>
        Compile(text).Evaluate(Variables(record));

    /// <summary>A value as a test writes it: an error by its name with an exclamation mark.</summary>
    public static string Show(in ExpressionValue value)
    {
        switch (value.Kind)
        {
            case ExpressionValueKind.Error:
                return $"{value.AsError}!";
            case ExpressionValueKind.Null:
                return "null";
            case ExpressionValueKind.Bool:
                return value.AsBool ? "true" : "false";
            case ExpressionValueKind.Int:
                return value.AsInt.ToString(CultureInfo.InvariantCulture);
            case ExpressionValueKind.Double:
                return value.AsDouble.ToString("R", CultureInfo.InvariantCulture);
            case ExpressionValueKind.String:
                return $"'{Encoding.UTF8.GetString(value.Bytes.Span)}'";
            case ExpressionValueKind.Timestamp:
                return TimeText.Write(value.AsSeconds, value.NanosecondsOfSecond);
            case ExpressionValueKind.Duration:
                return TimeText.WriteDuration(value.AsInt);
            case ExpressionValueKind.List:
                return $"[{string.Join(", ", value.AsItems.Select(item => Show(item)))}]";
            default:
                return Encoding.UTF8.GetString(value.Bytes.Span);
        }
    }
}
