using System.Text;
using System.Text.RegularExpressions;

namespace Postroom.JsonSchema.Tests;

/// <summary>Patterns with the meaning of ECMA-262, in linear time.</summary>
public sealed class PatternTests
{
    [Theory]
    [InlineData("[]", "a", false)]
    [InlineData("[^]", "💩", true)]
    [InlineData("^[💩-💫]$", "💪", true)]
    [InlineData("^[💩-💫]$", "💬", false)]
    [InlineData("^\\u{1F4A9}$", "💩", true)]
    [InlineData("^\\ud83d\\udca9$", "💩", true)]
    [InlineData("^\\P{L}$", "💩", true)]
    [InlineData("^\\p{L}{2}$", "𐐀é", true)]
    [InlineData("^\\p{General_Category=Uppercase_Letter}$", "É", true)]
    [InlineData("^[^\\p{Lu}\\d]+$", "aé_", true)]
    [InlineData("^[^\\p{Lu}\\d]+$", "aÉ", false)]
    [InlineData("\\bcat\\b", "the cat sat", true)]
    [InlineData("\\bcat\\b", "concatenate", false)]
    [InlineData("\\bé", "aé", true)]
    [InlineData("a\\Bb", "ab", true)]
    [InlineData("^$", "", true)]
    [InlineData("$^", "", true)]
    [InlineData("a$|^b", "bc", true)]
    [InlineData("^(?:a|ab)(?:c|bcd)$", "abcd", true)]
    [InlineData("^(?<year>[0-9]{4})-[0-9]{2}$", "2026-01", true)]
    [InlineData("^a{2,3}?$", "aaaa", false)]
    [InlineData("^(a*)*$", "aaab", false)]
    [InlineData("^{}$", "{}", true)]
    [InlineData("^\\x41\\cJ\\0$", "A\n\0", true)]
    [InlineData("^[\\b]$", "\b", true)]
    [InlineData("^[\\w-é]+$", "a-é", true)]
    public void A_pattern_matches(string pattern, string text, bool expected)
    {
        string schema = $$"""{"pattern": {{System.Text.Json.JsonSerializer.Serialize(pattern)}}}""";
        string document = System.Text.Json.JsonSerializer.Serialize(text);
        Assert.Equal(expected ? [] : [" pattern"], Schemas.Codes(schema, document));
    }

    [Theory]
    [InlineData("a(?=b)", "cannot be matched in linear time: it looks ahead")]
    [InlineData("(?<!b)a", "cannot be matched in linear time: it looks behind")]
    [InlineData("(?<n>a)\\k<n>", "cannot be matched in linear time: it refers back to a group")]
    [InlineData("((a{1000}){1000}){1000}", "cannot be matched in linear time: its counted repetitions are too large")]
    [InlineData("(a", "is not a regular expression: a parenthesis is not closed")]
    [InlineData("a)", "is not a regular expression: a parenthesis is closed but not opened")]
    [InlineData("[a", "is not a regular expression: a bracket is not closed")]
    [InlineData("[z-a]", "is not a regular expression: a range in brackets is out of order")]
    [InlineData("*a", "is not a regular expression: there is nothing before * to repeat")]
    [InlineData("a{3,2}", "is not a regular expression: the numbers of {3,2} are out of order")]
    [InlineData("^*", "is not a regular expression: an assertion cannot be repeated")]
    [InlineData("\\p{Nonsense}", "is not a regular expression: the property Nonsense is not known")]
    [InlineData("\\u{110000}", "is not a regular expression: \\u{…} needs the hexadecimal number of a character")]
    [InlineData("\\xZZ", "is not a regular expression: \\x needs 2 hexadecimal digits")]
    [InlineData("\\", "is not a regular expression: it ends in a backslash")]
    [InlineData("(?i)a", "is not a regular expression: behind (? must be one of : = ! <= <! or <name>")]
    [InlineData("(?<a>x)(?<a>y)", "is not a regular expression: a named group needs a name of its own between < and >")]
    public void A_pattern_that_cannot_be_had_is_refused_with_its_reason(string pattern, string reason)
    {
        string schema = $$"""{"pattern": {{System.Text.Json.JsonSerializer.Serialize(pattern)}}}""";
        Assert.Equal($"the pattern {pattern} {reason}", Assert.Single(Schemas.Errors(schema)).Message);
    }

    [Fact]
    public void Groups_may_nest_to_a_bound_and_patterns_have_a_length()
    {
        Assert.Contains("nest deeper than 100 levels", ErrorOf(new string('(', 101)), StringComparison.Ordinal);
        Assert.Contains("longer than 4096 characters", ErrorOf(new string('a', 4097)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("^(a+)+$")]
    [InlineData("^(a|aa)*b$")]
    [InlineData("(.*)*x")]
    [InlineData("^(?:[^a]|a){0,500}$")]
    public void Evil_patterns_take_linear_time(string pattern)
    {
        string document = $"\"{new string('a', 200_000)}!\"";
        Assert.Equal([" pattern"], Schemas.Codes($$"""{"pattern": "{{pattern}}"}""", document));
    }

    [Fact]
    public void An_automaton_that_would_grow_without_end_is_begun_anew()
    {
        // Each of 2^15 histories of the last 15 characters is a state of its own.
        var random = new Random(7);
        string text = string.Concat(Enumerable.Range(0, 120_000).Select(_ => random.Next(2) == 0 ? 'a' : 'b')) + "c";
        Assert.Equal([" pattern"], Schemas.Codes("""{"pattern": "a[ab]{14}d"}""", $"\"{text}\""));
    }

    [Fact]
    public void Patterns_of_every_shape_agree_with_those_of_the_framework()
    {
        var random = new Random(20201212);
        for (int round = 0; round < 1500; round++)
        {
            string pattern = Pattern(random, 3);
            CompiledSchema schema = Schemas.Compile($$"""{"pattern": "{{pattern}}"}""");
            var regex = new Regex(pattern.Replace("$", "\\z", StringComparison.Ordinal), RegexOptions.None);
            for (int variant = 0; variant < 6; variant++)
            {
                string text = string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => "abc-"[random.Next(4)]));
                bool accepted = schema.Walk(Encoding.UTF8.GetBytes($"\"{text}\""), new SchemaFaults())
                    == JsonVerdict.Valid;
                Assert.True(accepted == regex.IsMatch(text), $"{accepted} for {text} by {pattern}");
            }
        }
    }

    private static string Pattern(Random random, int depth) => random.Next(depth > 0 ? 12 : 6) switch
    {
        0 => "a",
        1 => "b",
        2 => "[^ab]",
        3 => "[a-c]",
        4 => ".",
        5 => new[] { "^", "$", "(?:)", "c" }[random.Next(4)],
        6 or 7 => Pattern(random, depth - 1) + Pattern(random, depth - 1),
        8 => $"(?:{Pattern(random, depth - 1)}|{Pattern(random, depth - 1)})",
        9 => $"(?:{Pattern(random, depth - 1)})" + new[] { "*", "+", "?", "{2}", "{1,3}", "{2,}" }[random.Next(6)],
        10 => $"({Pattern(random, depth - 1)})",
        _ => "^" + Pattern(random, depth - 1) + "$",
    };

    private static string ErrorOf(string pattern) =>
        Assert.Single(Schemas.Errors($$"""{"pattern": "{{pattern}}"}""")).Message;
}
