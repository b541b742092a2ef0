namespace Postroom.Tests.Expressions;

/// <summary>What a field of a document is worth: a field that is not there, or not of its type, is an error.</summary>
public sealed class DocumentTests
{
    [Theory]
    [InlineData("""{}""", "age == 1", "Absent!")]
    [InlineData("""{}""", "age != 1", "Absent!")]
    [InlineData("""{}""", "!(age == 1)", "Absent!")]
    [InlineData("""{}""", "age == 1 || true", "true")]
    [InlineData("""{}""", "has(record.age)", "false")]
    [InlineData("""{}""", "has(age) && age > 1", "false")]
    [InlineData("""{}""", "has(record.address.city)", "Absent!")]
    [InlineData("""{"address": {}}""", "has(record.address.city)", "false")]
    [InlineData("""{"address": {"zip": null}}""", "has(record.address.zip) && record.address.zip == null", "true")]
    [InlineData("""{"address": 5}""", "address.city", "Absent!")]
    [InlineData("""{"age": "36"}""", "age == 36", "WrongType!")]
    [InlineData("""{"age": null}""", "age == 36", "WrongType!")]
    [InlineData("""{"age": null}""", "has(record.age)", "false")]
    [InlineData("""{"note": null}""", "has(record.note) && note == null", "true")]
    [InlineData("""{"note": 5}""", "note == null", "WrongType!")]
    [InlineData("""{"tags": ["a", 5]}""", "'a' in tags", "true")]
    [InlineData("""{"tags": ["a", 5]}""", "'b' in tags", "WrongType!")]
    [InlineData("""{"joined": "yesterday"}""", "joined < now", "NotConvertible!")]
    [InlineData("""{"joined": "2026-02-30T00:00:00Z"}""", "has(record.joined)", "false")]
    public void Absence_and_types(string record, string text, string expected) =>
        Assert.Equal(expected, Sample.Show(Sample.Evaluate(text, record)));

    [Theory]
    [InlineData("123456789012345678901", "price == 123456789012345678901.0", "true")]
    [InlineData("123456789012345678901", "price == 123456789012345678902.0", "false")]
    [InlineData("123456789012345678901", "price == 1.23456789012345678901e20", "true")]
    [InlineData("123456789012345678901", "price == 1.23E+20", "false")]
    [InlineData("0.1", "price == 0.1", "true")]
    [InlineData("0.10000000000000001", "price == 0.1", "false")]
    [InlineData("0.10000000000000001", "price > 0.1", "true")]
    [InlineData("1e-400", "price > 0.0", "true")]
    [InlineData("1e400", "price > 0.0", "OutOfRange!")]
    [InlineData("-0.0", "price == 0", "true")]
    [InlineData("5", "price / 2.0", "2.5")]
    [InlineData("5", "price == 5", "true")]
    [InlineData("9007199254740993", "price == 9007199254740993", "true")]
    [InlineData("9007199254740993", "price == 9007199254740992.0", "false")]
    public void Numbers_are_compared_as_they_are_written(string number, string text, string expected) =>
        Assert.Equal(expected, Sample.Show(Sample.Evaluate(text, $$"""{"price": {{number}}}""")));

    [Theory]
    [InlineData("18.0", "age + 0", "18")]
    [InlineData("1.8e1", "age + 0", "18")]
    [InlineData("1800e-2", "age + 0", "18")]
    [InlineData("9.2e18", "age + 0", "9200000000000000000")]
    [InlineData("9223372036854775807", "age + 0", "9223372036854775807")]
    [InlineData("9223372036854775808", "age > 0", "OutOfRange!")]
    [InlineData("1e1000000000000000000000", "age > 0", "OutOfRange!")]
    [InlineData("18.5", "age > 0", "WrongType!")]
    public void Whole_numbers_have_64_bits(string number, string text, string expected) =>
        Assert.Equal(expected, Sample.Show(Sample.Evaluate(text, $$"""{"age": {{number}}}""")));

    [Fact]
    public void White_space_and_the_order_of_members_count_nothing() =>
        Assert.Equal("true", Sample.Show(Sample.Evaluate(
            "name == 'x' && address.city == 'y' && age == 1",
            """  { "age" : 1 , "address" : { "zip":"z" , "city" : "y" } , "other" : [ { "name" : 5 } ] , "name" : "x" }  """)));

    [Fact]
    public void A_condition_is_true_only_for_true()
    {
        Assert.True(Sample.Compile("active").IsTrue(Sample.Variables(Sample.Ada)));
        Assert.False(Sample.Compile("active").IsTrue(Sample.Variables("{}")));
        Assert.False(Sample.Compile("any").IsTrue(Sample.Variables(Sample.Ada)));
    }
}
