using System.Globalization;
using Postroom.Expressions;

namespace Postroom.Sqlite.Tests.Conformance;

/// <summary>Documents with everything that may stand in a field, and conditions of all kinds over them.</summary>
internal sealed class RandomFilters(Random random)
{
    /// <summary>2026-01-01 in Unix milliseconds: around which all moments are.</summary>
    public const long Base = 1_767_225_600_000;

    private static readonly string[] s_texts =
        ["", "a", "b", "ab", "A", "a%", "_a", "ä", "\\u00e4b", "\\uFFFF", "\\ud83d\\ude00", "a\\ud83d\\ude00", "a'b", "aab", "ba", "Z", "a ", "\\\\"];

    private static readonly string[] s_wholes =
        ["0", "1", "2", "3", "-1", "3.0", "1e1", "-0", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "2.5"];

    private static readonly string[] s_numbers =
        ["0", "1", "2", "0.1", "0.10000000000000001", "0.3", "2.5", "-1.5", "9007199254740993", "9007199254740992", "1e300", "1e400", "1e-400", "123456789012345678901", "-0.0"];

    private static readonly string[] s_moments =
    [
        "2026-01-01T00:00:00Z", "2026-01-01T00:00:00.001Z", "2026-01-01T00:00:00.002Z", "2026-01-01T00:00:00.0020001Z",
        "2026-01-01T00:00:00.0019999Z", "2026-01-01T01:00:00.002+01:00", "2025-12-31T23:59:59.999999999Z", "1969-12-31T23:59:59.9999999Z",
        "2026-02-30T00:00:00Z", "soon",
    ];

    public static ExpressionEnvironment Environment { get; } = new ExpressionEnvironment { Container = "record" }
        .Declare("record", ExpressionType.MapOf(
            new Dictionary<string, ExpressionType>
            {
                ["name"] = ExpressionType.String,
                ["nick"] = ExpressionType.String.OrNull(),
                ["age"] = ExpressionType.Int,
                ["limit"] = ExpressionType.Int.OrNull(),
                ["price"] = ExpressionType.Double,
                ["rate"] = ExpressionType.Double.OrNull(),
                ["active"] = ExpressionType.Bool,
                ["starts"] = ExpressionType.Timestamp,
                ["ends"] = ExpressionType.Timestamp.OrNull(),
                ["address"] = ExpressionType.MapOf(
                    new Dictionary<string, ExpressionType> { ["city"] = ExpressionType.String }, null),
                ["tags"] = ExpressionType.ListOf(ExpressionType.String),
            },
            null), isRow: true)
        .Declare("record.created", ExpressionType.Timestamp, isRow: true)
        .Declare("now", ExpressionType.Timestamp)
        .Declare("user", ExpressionType.Dyn);

    public int Below(int bound) => random.Next(bound);

    public string Document()
    {
        var members = new List<string>();
        void Add(string name, Func<string> value)
        {
            var kind = random.Next(12);
            if (kind > 0)
            {
                members.Add($"\"{name}\": {(kind == 1 ? "null" : kind == 2 ? "[5]" : value())}");
            }
        }

        Add("name", Text);
        Add("nick", Text);
        Add("age", () => Of(s_wholes));
        Add("limit", () => Of(s_wholes));
        Add("price", () => Of(s_numbers));
        Add("rate", () => Of(s_numbers));
        Add("active", () => Of(["true", "false", "1"]));
        Add("starts", () => $"\"{Of(s_moments)}\"");
        Add("ends", () => $"\"{Of(s_moments)}\"");
        Add("address", () => random.Next(4) == 0 ? "{}" : $$"""{"city": {{Text()}}}""");
        Add("tags", () => $"[{Text()}, {Text()}]");
        return $"{{{string.Join(", ", members)}}}";
    }

    public string Condition(int depth)
    {
        if (depth == 0 || random.Next(4) == 0)
        {
            return Leaf();
        }

        return random.Next(8) switch
        {
            0 or 1 => $"({Condition(depth - 1)} && {Condition(depth - 1)})",
            2 or 3 => $"({Condition(depth - 1)} || {Condition(depth - 1)})",
            4 or 5 => $"!({Condition(depth - 1)})",
            6 => $"({Condition(depth - 1)} ? {Condition(depth - 1)} : {Condition(depth - 1)})",
            _ => $"{Condition(depth - 1)} && {Condition(depth - 1)} && {Condition(depth - 1)}",
        };
    }

    private string Leaf() => random.Next(16) switch
    {
        0 or 1 => $"{Of(TextFields)} {Operator()} {TextValue()}",
        2 or 3 => $"{Of(WholeFields)} {Operator()} {Number()}",
        4 => $"{Of(NumberFields)} {Operator()} {Number()}",
        5 => $"{Of(TimeFields)} {Operator()} {Moment()}",
        6 => $"{Moment()} {Operator()} {Of(TimeFields)}",
        7 => $"{Of(TextFields)}.{Of(["startsWith", "endsWith", "contains"])}({TextValue()})",
        8 => $"has(record.{Of(["name", "nick", "age", "price", "active", "starts", "ends", "address.city", "tags", "created"])})",
        9 => $"{Of(TextFields)} in [{TextValue()}, {TextValue()}]",
        10 => $"{Of([.. WholeFields, .. NumberFields])} in [{Number()}, {Number()}, {Number()}]",
        11 => $"{Of(["nick", "limit", "rate", "ends"])} {Of(["==", "!="])} null",
        12 => Of(["active", "active == true", "active != user.nothing", "name in user.roles", "nick in ['a', null]", "user.age < age", "name == user.none"]),
        13 => $"{Of(TextFields)} {Operator()} {Of(TextFields)}",
        14 => Of([$"age {Operator()} limit", $"price {Operator()} rate", $"starts {Operator()} ends", $"age {Operator()} price", $"starts {Operator()} created"]),
        _ => Of(["'a' in tags", "size(name) > 1", "name.matches('^a')", "tags.exists(t, t == name)", "1 / age > 0", "true", "false", "now > created"]),
    };

    private static string[] TextFields { get; } = ["name", "nick", "address.city"];

    private static string[] WholeFields { get; } = ["age", "limit"];

    private static string[] NumberFields { get; } = ["price", "rate"];

    private static string[] TimeFields { get; } = ["starts", "ends", "created"];

    private string Operator() => Of(["==", "!=", "<", "<=", ">", ">="]);

    private string Of(string[] choices) => choices[random.Next(choices.Length)];

    private string Text() => $"\"{Of(s_texts)}\"";

    /// <summary>The same texts as an expression writes them: JSON's surrogate pairs are one escape there.</summary>
    private string TextValue() => $"\"{Of(s_texts).Replace("\\ud83d\\ude00", "\\U0001F600", StringComparison.Ordinal)}\"";

    private string Number() => random.Next(3) switch
    {
        0 => random.Next(-2, 5).ToString(CultureInfo.InvariantCulture),
        1 => Of(["0.1", "0.3", "2.5", "-1.5", "9007199254740993.0", "1e300", "3.0", "123456789012345678901.0"]),
        _ => Of(["9223372036854775807", "-9223372036854775808", "9007199254740993", "user.age", "0"]),
    };

    private string Moment() => random.Next(3) == 0
        ? Of(["now", "now + duration('1ms')", "now - duration('100ns')"])
        : $"timestamp('{Of(s_moments[..8])}')";
}
