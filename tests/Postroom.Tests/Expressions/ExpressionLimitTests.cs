using Postroom.Expressions;
using Postroom.Faults;

namespace Postroom.Tests.Expressions;

/// <summary>No text makes reading, checking or evaluating long or deep.</summary>
public sealed class ExpressionLimitTests
{
    [Fact]
    public void Text_is_at_most_4096_characters()
    {
        Assert.Equal(4096, "age == 1".PadRight(4096).Length);
        Sample.Compile("age == 1".PadRight(4096));
        Assert.Equal(new LimitFault("expression.length", 4096), Sample.Fault("age == 1".PadRight(4097)).Limit);
        Assert.Equal(new LimitFault("expression.length", 4096), Sample.Fault(new string('(', 10_000_000)).Limit);
    }

    [Fact]
    public void An_expression_has_at_most_500_parts()
    {
        Sample.Compile($"[{string.Join(",", Enumerable.Repeat("1", 499))}]");
        Assert.Equal(
            new LimitFault("expression.nodes", 500),
            Sample.Fault($"[{string.Join(",", Enumerable.Repeat("1", 500))}]").Limit);
        Assert.Equal(
            new LimitFault("expression.nodes", 500),
            Sample.Fault(string.Join("||", Enumerable.Repeat("true", 251))).Limit);
    }

    [Theory]
    [InlineData("(", "1", ")", 49, 50)]
    [InlineData("[", "1", "]", 49, 50)]
    [InlineData("!", "true", "", 49, 50)]
    [InlineData("", "any", ".a", 49, 50)]
    [InlineData("", "any", "[0]", 49, 50)]
    [InlineData("", "1", "+1", 49, 50)]
    [InlineData("true?1:", "1", "", 49, 50)]
    [InlineData("int(", "1", ")", 49, 50)]
    public void Nesting_is_at_most_50_deep(string before, string core, string after, int fits, int not)
    {
        string Nested(int count) => string.Concat(Enumerable.Repeat(before, count)) + core
            + string.Concat(Enumerable.Repeat(after, count));
        Sample.Compile(Nested(fits));
        Assert.Equal(new LimitFault("expression.depth", 50), Sample.Fault(Nested(not)).Limit);
    }

    [Fact]
    public void A_limit_says_its_name_and_value() => Assert.Equal(
        "The expression has more than 500 parts (`expression.nodes`). Make it shorter.",
        Sample.Fault($"[{string.Join(",", Enumerable.Repeat("1", 600))}]").Message);

    [Fact]
    public void Work_on_long_lists_ends()
    {
        var record = $$"""{"scores": [{{string.Join(",", Enumerable.Repeat("1", 10_000))}}]}""";
        Assert.Equal("true", Sample.Show(Sample.Evaluate("scores.all(s, s == 1)", record)));
        Assert.Equal(
            "TooMuchWork!",
            Sample.Show(Sample.Evaluate("scores.all(a, scores.all(b, scores.all(c, a == b)))", record)));
        Assert.Equal("TooMuchWork!", Sample.Show(Sample.Evaluate("scores.all(a, !(a in scores.map(b, b + 1)))", record)));
        Assert.Equal("TooMuchWork!", Sample.Show(Sample.Evaluate("scores.all(a, scores == scores)", record)));
    }

    [Fact]
    public void Work_on_long_texts_ends()
    {
        var record = $$"""{"name": "{{new string('a', 1_000_000)}}", "scores": [{{string.Join(",", Enumerable.Repeat("1", 1_000))}}]}""";
        Assert.Equal("true", Sample.Show(Sample.Evaluate("name.contains(name) && name.matches('a$')", record)));
        Assert.Equal("TooMuchWork!", Sample.Show(Sample.Evaluate("scores.all(s, size(name + name) > 0)", record)));
        Assert.Equal("TooMuchWork!", Sample.Show(Sample.Evaluate("scores.all(s, !name.contains('ab'))", record)));
    }

    [Fact]
    public void A_long_part_is_sought_in_linear_time()
    {
        var text = new string('a', 900_000);
        var part = new string('a', 400_000) + "b";
        var record = $$"""{"name": "{{text}}", "escaped": "{{part}}"}""";
        Assert.Equal("false", Sample.Show(Sample.Evaluate("name.contains(escaped)", record)));
        Assert.Equal("true", Sample.Show(Sample.Evaluate("(name + escaped).contains(escaped)", record)));
    }

    /// <summary>Pieces of expressions in any order, and good ones with a character changed.</summary>
    [Fact]
    public void No_text_throws()
    {
        string[] pieces =
        [
            "age", "name", "record", ".", "[", "]", "(", ")", "'", "\"", "'''", "\\", "==", "!=", "<", "&&", "||", "!", "-", "?",
            ":", "in", "1", "1.5", "1e", "0x", "9999999999999999999", "null", "true", "has", "size", "all", "map", "tags", "x", ",",
            "matches", "timestamp", "duration", "'a'", "r'", "b'", "`", "\ud800", "😀", "\0", "\n", "//", "%", "{", "}", " ",
        ];
        var random = new Random(6);
        for (var round = 0; round < 20_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));
            if (round % 2 == 0)
            {
                var good = "age >= 18 && name.startsWith('a') || tags.exists(t, t == \"b\") ? has(record.note) : size(tags) in [1, 2]".ToCharArray();
                good[random.Next(good.Length)] = (char)random.Next(0x20, 0x7F);
                text = new string(good);
            }

            var result = Expression.Compile(text, Sample.Environment);
            if (result.Succeeded)
            {
                result.Expression.Evaluate(Sample.Variables(Sample.Ada));
                result.Expression.Evaluate(Sample.Variables("{}"));
            }
            else
            {
                Assert.NotEmpty(result.Fault.Message);
            }
        }
    }
}
