namespace Postroom.JsonSchema.Tests.Keywords;

public sealed class StringKeywordTests
{
    [Theory]
    [InlineData("{'minLength': 2}", "'ab'", "")]
    [InlineData("{'minLength': 2}", "'a'", " too-short: must be at least 2 characters; it has 1")]
    [InlineData("{'minLength': 1}", "''", " too-short: must be at least 1 character; it has 0")]
    [InlineData("{'minLength': 2}", "7", "")]
    [InlineData("{'minLength': 2.0}", "'a'", " too-short: must be at least 2 characters; it has 1")]
    [InlineData("{'maxLength': 3}", "'abc'", "")]
    [InlineData("{'maxLength': 3}", "'abcd'", " too-long: must be at most 3 characters; it has 4")]
    [InlineData("{'maxLength': 99999999999999999999}", "'abcd'", "")]
    public void Lengths_are_bounded(string schema, string document, string expected) =>
        KeywordRow.Check(schema.Replace('\'', '"'), document.Replace('\'', '"'), expected);

    [Theory]
    [InlineData("äöü", 3)]
    [InlineData("💩💩", 2)]
    [InlineData(@"\ud83d\udca9", 1)]
    [InlineData(@"\u00e4\n\\x", 4)]
    [InlineData(@"a\/b", 3)]
    public void A_length_counts_code_points_and_an_escape_as_what_it_stands_for(string content, int length)
    {
        string document = $"\"{content}\"";
        string exact = $$"""{"minLength": {{length}}, "maxLength": {{length}}}""";
        Assert.Equal(JsonVerdict.Valid, Schemas.Verdict(exact, document));
        Assert.Equal([" too-short"], Schemas.Codes($$"""{"minLength": {{length + 1}}}""", document));
        Assert.Equal([" too-long"], Schemas.Codes($$"""{"maxLength": {{length - 1}}}""", document));
    }

    [Theory]
    [InlineData("^[a-z]+$", "abc", true)]
    [InlineData("^[a-z]+$", "aBc", false)]
    [InlineData("b", "abc", true)]
    [InlineData("^a$", @"a\n", false)]
    [InlineData(@"^\\d+$", "12", true)]
    [InlineData(@"^\\d+$", "١٢", false)]
    [InlineData(@"^\\w+$", "ä", false)]
    [InlineData(@"^[\\W]+$", "ä-", true)]
    [InlineData(@"^[\\D]$", "7", false)]
    [InlineData(@"^\\s$", @"\ufeff", true)]
    [InlineData(@"^[\\S]$", @"\u00a0", false)]
    [InlineData("^.$", @"\u2028", false)]
    [InlineData("^[$.]$", "$", true)]
    [InlineData("^[[]$", "[", true)]
    [InlineData(@"^\\p{Letter}+$", "é", true)]
    [InlineData(@"^\\p{Lu}$", "é", false)]
    [InlineData("^💩$", "💩", true)]
    [InlineData("^💩*$", "💩💩💩", true)]
    [InlineData("^.$", "💩", true)]
    [InlineData("^..$", "💩", false)]
    [InlineData("^[^a]$", "💩", true)]
    [InlineData("^[^a]$", "a", false)]
    [InlineData(@"^\\W$", "💩", true)]
    [InlineData(@"^[\\w-.]+$", "a-b.c", true)]
    [InlineData(@"^[\\w-.]+$", "a+b", false)]
    [InlineData("^[-a]+$", "-a", true)]
    [InlineData("^[^a-]$", "-", false)]
    [InlineData("^[^a-]$", "b", true)]
    [InlineData("^[^-a]$", "-", false)]
    [InlineData("^[^-a]$", "b", true)]
    [InlineData("^é$", @"\u00e9", true)]
    public void A_pattern_has_the_meaning_of_ecma_262(string pattern, string content, bool valid)
    {
        string[] codes = Schemas.Codes($$"""{"pattern": "{{pattern}}"}""", $"\"{content}\"");
        Assert.Equal(valid ? [] : new[] { " pattern" }, codes);
    }

    [Theory]
    [InlineData("email", "ada@example.com", "ada@", "an e-mail address such as ada@example.com")]
    [InlineData("email", "ada+post@mail.example.org", "a@-x.com", "an e-mail address such as ada@example.com")]
    [InlineData("email", "\\\"a\\\\\\\"b\\\"@example.com", "\\\"a\\\"b\\\"@example.com",
        "an e-mail address such as ada@example.com")]
    [InlineData("uri", "https://example.com/?q=%20", "example.com", "a URI such as https://example.com/")]
    [InlineData("uri", "http://[v1.a:b]:80/", "http://[v1.]/", "a URI such as https://example.com/")]
    [InlineData("date", "2024-02-29", "2023-02-29", "a date such as 2026-01-31")]
    [InlineData("date-time", "2026-01-31T12:00:00.5+01:00", "2026-01-31T12:00:00.+01:00",
        "a date and time such as 2026-01-31T12:00:00Z")]
    [InlineData("uuid", "123e4567-e89b-12d3-a456-426614174000", "123e4567e89b12d3a456426614174000",
        "a UUID such as 123e4567-e89b-12d3-a456-426614174000")]
    public void A_format_is_asserted(string format, string right, string wrong, string description)
    {
        string schema = $$"""{"format": "{{format}}"}""";
        KeywordRow.Check(schema, $"\"{right}\"", "");
        KeywordRow.Check(schema, $"\"{wrong}\"", $" format-{format}: must be {description}");
        KeywordRow.Check(schema, "7", "");
    }

    [Fact]
    public void A_format_is_judged_on_what_its_escapes_stand_for() =>
        KeywordRow.Check("""{"format": "email"}""", """ "ada\u0040example.com" """, "");

    [Fact]
    public void A_format_only_describes_when_it_is_not_asserted()
    {
        CompiledSchema schema = Schemas.Compile(
            """{"format": "email"}""", new SchemaOptions { AssertFormats = false });
        Assert.Equal(JsonVerdict.Valid, schema.Walk("\"no\""u8, new SchemaFaults()));
        Assert.Equal("email", schema.Root.Format);
    }
}
