using System.Text;

namespace Postroom.JsonSchema.Tests.Keywords;

public sealed class NumberKeywordTests
{
    [Theory]
    [InlineData("{'minimum': 1}", "1", "")]
    [InlineData("{'minimum': 1}", "1.0", "")]
    [InlineData("{'minimum': 1}", "1e0", "")]
    [InlineData("{'minimum': 1}", "0.1e1", "")]
    [InlineData("{'minimum': 1}", "0", " too-small: must be at least 1; it is 0")]
    [InlineData("{'minimum': 1}", "0.999999999999999999999",
        " too-small: must be at least 1; it is 0.999999999999999999999")]
    [InlineData("{'minimum': -1.5}", "-1.50", "")]
    [InlineData("{'minimum': -1.5}", "-1.51", " too-small: must be at least -1.5; it is -1.51")]
    [InlineData("{'minimum': 0}", "-0", "")]
    [InlineData("{'maximum': 100}", "1e2", "")]
    [InlineData("{'maximum': 100}", "101", " too-large: must be at most 100; it is 101")]
    [InlineData("{'maximum': 9007199254740992}", "9007199254740993",
        " too-large: must be at most 9007199254740992; it is 9007199254740993")]
    [InlineData("{'maximum': 123456789012345678901234567890}", "123456789012345678901234567891",
        " too-large: must be at most 123456789012345678901234567890; it is 123456789012345678901234567891")]
    [InlineData("{'maximum': 0}", "1e-400", " too-large: must be at most 0; it is 1e-400")]
    [InlineData("{'exclusiveMinimum': 0}", "0.0", " too-small: must be greater than 0; it is 0.0")]
    [InlineData("{'exclusiveMinimum': 0}", "5e-324", "")]
    [InlineData("{'exclusiveMaximum': 10}", "10", " too-large: must be less than 10; it is 10")]
    [InlineData("{'exclusiveMaximum': 10}", "9", "")]
    [InlineData("{'minimum': 1, 'maximum': 5}", "'6'", "")]
    public void Bounds_are_exact_on_the_decimal_text(string schema, string document, string expected) =>
        KeywordRow.Check(schema.Replace('\'', '"'), document.Replace('\'', '"'), expected);

    [Theory]
    [InlineData("0.01", "19.99", true)]
    [InlineData("0.01", "19.999", false)]
    [InlineData("3", "9e20", true)]
    [InlineData("3", "100000000000000000000000000000000001", false)]
    [InlineData("7", "0", true)]
    [InlineData("1e-3", "0.0005", false)]
    [InlineData("1e3", "5000", true)]
    [InlineData("1e3", "500", false)]
    [InlineData("2.5", "-7.5", true)]
    [InlineData("999999999999999999", "999999999999999999000000000000000000", true)]
    [InlineData("999999999999999999", "999999999999999999000000000000000001", false)]
    public void Multiple_of_is_exact(string divisor, string number, bool valid) =>
        KeywordRow.Check($$"""{"multipleOf": {{divisor}}}""", number,
            valid ? "" : $" not-multiple: must be a multiple of {divisor}; it is {number}");

    [Theory]
    [InlineData("1", "1.0", 0)]
    [InlineData("1", "1e0", 0)]
    [InlineData("-0", "0.000e9", 0)]
    [InlineData("10", "9.9e0", 1)]
    [InlineData("-10", "9", -1)]
    [InlineData("-10", "-9", -1)]
    [InlineData("1e400", "1e399", 1)]
    [InlineData("1e-400", "0", 1)]
    [InlineData("1.00000000000000000000000001", "1", 1)]
    [InlineData("1e99999999999999999999", "2", 1)]
    public void Numbers_are_ordered_by_value(string left, string right, int sign)
    {
        byte[] leftBytes = Encoding.ASCII.GetBytes(left), rightBytes = Encoding.ASCII.GetBytes(right);
        Assert.Equal(sign, Math.Sign(JsonText.CompareNumbers(leftBytes, rightBytes)));
        Assert.Equal(-sign, Math.Sign(JsonText.CompareNumbers(rightBytes, leftBytes)));
        Assert.Equal(sign == 0, JsonText.ValueEquals(leftBytes, rightBytes));
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("1.0", true)]
    [InlineData("1.5e1", true)]
    [InlineData("-0.0", true)]
    [InlineData("1.5", false)]
    [InlineData("1e-1", false)]
    [InlineData("10e-1", true)]
    public void A_number_without_fraction_is_an_integer(string number, bool whole)
    {
        Assert.Equal(whole, JsonText.IsWholeNumber(Encoding.ASCII.GetBytes(number)));
        KeywordRow.Check("""{"type": "integer"}""", number,
            whole ? "" : $" type: must be a whole number; it is the number {number}");
    }

    [Theory]
    [InlineData("1234567890123456789.01", "370370367037037036703.00", true)]
    [InlineData("1234567890123456789.01", "370370367037037036703.01", false)]
    [InlineData("1000000000000000000001", "3000000000000000000003e40", true)]
    [InlineData("1000000000000000000001", "1e1000000000", false)]
    [InlineData("0.00000000000000000000000000000000000001", "12345678901234567890123456789.5", true)]
    [InlineData("999999999999999999", "999999999999999999e18", true)]
    [InlineData("123456789012345678901234567890", "0", true)]
    public void A_divisor_beyond_double_and_decimal_is_exact(string divisor, string value, bool valid) => Assert.Equal(
        valid ? [] : [" not-multiple"], Schemas.Codes($$"""{"multipleOf": {{divisor}}}""", value));
}
