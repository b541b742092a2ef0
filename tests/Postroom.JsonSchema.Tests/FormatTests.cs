namespace Postroom.JsonSchema.Tests;

/// <summary>What the official suite does not say of the formats.</summary>
public sealed class FormatTests
{
    [Theory]
    [InlineData("time", "23:59:60Z", "22:59:60Z")]
    [InlineData("time", "00:29:60.5+00:30", "12:00:00")]
    [InlineData("duration", "P1Y2M3DT4H5M6S", "P1YT")]
    [InlineData("duration", "P2W", "PW")]
    [InlineData("hostname", "xn--bcher-kva.example", "xn--bcher-kvb.example")]
    [InlineData("idn-hostname", "bücher.example", "Bücher.example")]
    [InlineData("idn-hostname", "faß.example", "ﬁsch.example")]
    [InlineData("idn-email", "ada@bücher.example", "ada@büch er.example")]
    [InlineData("ipv6", "::ffff:192.0.2.1", "::ffff:192.0.2.256")]
    [InlineData("uri-reference", "a/b:c", "a:b c")]
    [InlineData("uri-reference", "//[::1]:80/", "1a:b")]
    [InlineData("iri", "https://example.com/é?\uE000", "https://example.com/\uE000")]
    [InlineData("iri-reference", "é", "é%2")]
    [InlineData("uri-template", "/a{?x,y*}{&z:3}", "/a{?x,}")]
    [InlineData("json-pointer", "/a~0b/~1", "/a~2")]
    [InlineData("relative-json-pointer", "0#", "-1")]
    [InlineData("regex", "(?<=a)\\\\p{L}", "\\\\p{Nonsense}")]
    public void A_format_tells_right_from_wrong(string format, string right, string wrong)
    {
        string schema = $$"""{"format": "{{format}}"}""";
        Assert.Equal([], Schemas.Codes(schema, $"\"{right}\""));
        Assert.Equal([" format-" + format], Schemas.Codes(schema, $"\"{wrong}\""));
    }

    [Fact]
    public void Formats_describe_unless_told_otherwise()
    {
        CompiledSchema schema = Schemas.Compile("""{"format": "ipv4"}""", SchemaOptions.Default);
        Assert.Equal(JsonVerdict.Valid, schema.Walk("\"x\""u8, new SchemaFaults()));
    }
}
