using Postroom.Expressions;

namespace Postroom.Tests.Expressions;

public sealed class ExpressionFaultTests
{
    [Theory]
    [InlineData("", 1, "The expression is empty. Write a condition, such as `age >= 18`.")]
    [InlineData("age >=", 7, "A value or a name is expected here, not the end.")]
    [InlineData("age = 1", 5, "Write `==` to compare.")]
    [InlineData("age == 1 & true", 10, "Write `&&` for and.")]
    [InlineData("age == 1 | true", 10, "Write `||` for or.")]
    [InlineData("(age == 1", 10, "`)` is expected to close the parenthesis, not the end.")]
    [InlineData("age == 1 2", 10, "The expression should end before `2`, or an operator is missing.")]
    [InlineData("[1, 2", 6, "`,` is expected or `]`, not the end.")]
    [InlineData("size(tags,)", 11, "An argument is expected behind the comma.")]
    [InlineData("name == 'Ada", 9, "The text has no end. Close it with `'`.")]
    [InlineData("name == 'a\nb'", 9, "The text has no end. Close it with `'`.")]
    [InlineData("'\\q'", 2, "This escape is not known. Write `\\\\` for a backslash, or r\"…\" for a text without escapes.")]
    [InlineData("'\\ud800'", 2, "This escape is not known. Write `\\\\` for a backslash, or r\"…\" for a text without escapes.")]
    [InlineData("12abc", 3, "A number ends before `a`. Put an operator between, or quotes around a text.")]
    [InlineData("1u", 1, "Unsigned numbers are not known here. Write the number without the `u`.")]
    [InlineData("b'x'", 1, "Bytes cannot be written; JSON has none. Write a text without the `b` before it.")]
    [InlineData("{'a': 1}", 1, "Maps cannot be written. Compare the members one by one.")]
    [InlineData("age == 9223372036854775808", 8, "`9223372036854775808` is beyond 64 bits. Write it with a point, such as `1e20` or `5.0`.")]
    [InlineData("1e999", 1, "`1e999` is beyond the numbers that there are (1.8e308).")]
    [InlineData("for > 1", 1, "`for` is a reserved word. Put the variable and a point before it.")]
    [InlineData("name # 1", 6, "This character has no meaning here. A text stands in quotes.")]
    [InlineData("record. == 1", 9, "A name is expected behind the point, not `==`.")]
    [InlineData("nmae == 'Ada'", 1, "There is no `nmae`. Did you mean `name`?")]
    [InlineData("creatd < now", 1, "There is no `creatd`. Did you mean `created`?")]
    [InlineData("record.adress.city", 8, "There is no field `adress`. Did you mean `address`?")]
    [InlineData("address.town == 'x'", 9, "There is no field `town`. Known are `city`, `zip`.")]
    [InlineData("name.first == 'x'", 6, "`first`: a string has no fields.")]
    [InlineData("name == 5", 6, "`==` cannot compare a string with an int.")]
    [InlineData("joined < '2026-01-01T00:00:00Z'", 8, "`<` cannot compare a timestamp with a string. Write `timestamp(…)` around the text.")]
    [InlineData("name == null", 6, "This is never null by the schema. To ask whether a field is there, write `has(…)`.")]
    [InlineData("tags < ['a']", 6, "`<` takes numbers, texts or moments, not a list(string).")]
    [InlineData("price * 2", 7, "`*` does not take a double and an int. Write a whole number with a point, such as `2.0`, or `double(…)` around it.")]
    [InlineData("name + 5", 6, "`+` does not take a string and an int. Write `string(…)` around what is no text.")]
    [InlineData("age && true", 1, "`&&` takes true or false, not an int. Compare it, such as with `==`.")]
    [InlineData("!name", 1, "`!` takes true or false, not a string. Compare it, such as with `==`.")]
    [InlineData("-name", 1, "`-` takes a number, not a string.")]
    [InlineData("true ? 1 : 'a'", 6, "`? :` gives an int or a string. Both values must have one type.")]
    [InlineData("5 in tags", 3, "An int is never in a list(string).")]
    [InlineData("5 in age", 3, "A list is expected behind `in`, such as `[1, 2]`, not an int.")]
    [InlineData("tags['a']", 6, "Between these brackets stands a whole number, not a string.")]
    [InlineData("age[0]", 4, "An int has no items to choose from.")]
    [InlineData("name.startWith('A')", 6, "There is no function `startWith`. Did you mean `startsWith`?")]
    [InlineData("name.startsWith(5)", 6, "`startsWith` takes a string, not an int.")]
    [InlineData("startsWith(name)", 1, "`startsWith` is written so: `name.startsWith(\"a\")`.")]
    [InlineData("tags.all(1, true)", 6, "`all` is written so: `tags.all(tag, tag == \"red\")`.")]
    [InlineData("age.all(x, true)", 5, "`all` goes through a list, not an int.")]
    [InlineData("tags.all(t, t)", 13, "`all` takes true or false, not a string. Compare it, such as with `==`.")]
    [InlineData("tags.all(t, true) && t == 'a'", 22, "There is no `t`.")]
    [InlineData("has(5)", 1, "`has` is written so: `has(record.name)`.")]
    [InlineData("name.matches(name)", 14, "The pattern of `matches` must be a text in quotes.")]
    [InlineData("name.matches('(')", 14, "This is no pattern (regular expression): a parenthesis is not closed.")]
    [InlineData("name.matches('(?=a)')", 14, "This is no pattern (regular expression): ")]
    [InlineData("timestamp('2026-02-30T00:00:00Z')", 1, "This is no moment of the years 1 to 9999 as RFC 3339 writes it, such as `2026-01-31T09:00:00Z`.")]
    [InlineData("duration('1 day')", 1, "This is no duration of at most 292 years, such as `90m`, `1.5h` or `36h30m`.")]
    [InlineData("now.getHours('Atlantis')", 14, "A time zone is expected in quotes: a name such as \"Europe/Berlin\", or an offset such as \"+02:00\".")]
    [InlineData("type(1)", 1, "`type` of CEL is not known here.")]
    [InlineData("'😀' + nmae", 7, "There is no `nmae`. Did you mean `name`?")]
    public void A_fault_names_its_column_and_what_to_do(string text, int column, string message)
    {
        var fault = Sample.Fault(text);
        Assert.Equal(1, fault.Line);
        Assert.Equal(column, fault.Column);
        Assert.StartsWith(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_in_a_later_line_names_the_line()
    {
        var fault = Sample.Fault("age >= 18\n  && nmae == 'x'");
        Assert.Equal("Line 2, column 6: There is no `nmae`. Did you mean `name`?", fault.ToString());
    }

    [Fact]
    public void A_condition_must_be_true_or_false()
    {
        var result = Expression.CompileCondition("age + 1", Sample.Environment);
        Assert.Equal(
            "Column 1: This is of type int. Write a condition, such as a comparison with `==`.",
            result.Fault!.ToString());
        Assert.True(Expression.CompileCondition("any", Sample.Environment).Succeeded);
    }
}
