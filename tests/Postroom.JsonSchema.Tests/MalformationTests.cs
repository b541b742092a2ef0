using System.Text;

namespace Postroom.JsonSchema.Tests;

public sealed class MalformationTests
{
    [Theory]
    [InlineData("", "empty", 0, 1, 1)]
    [InlineData(" \r\n\t", "empty", 4, 2, 2)]
    [InlineData("\uFEFF{}", "bom", 0, 1, 1)]
    [InlineData("{\"a\": 1} x", "trailing-data", 9, 1, 10)]
    [InlineData("1 2", "trailing-data", 2, 1, 3)]
    [InlineData("{\n  \"ä\": 1,\n  \"ä\": 2\n}", "duplicate-key", 15, 3, 3)]
    [InlineData("{\"a\": 1, \"\\u0061\": 2}", "duplicate-key", 9, 1, 10)]
    [InlineData("[\"ä\", \"\\ud800\"]", "surrogate", 8, 1, 8)]
    [InlineData("[\"\\ud800\\ud800\"]", "surrogate", 2, 1, 3)]
    [InlineData("[\"\\udc00\"]", "surrogate", 2, 1, 3)]
    [InlineData("[1,\n 2,,3]", "syntax", 7, 2, 4)]
    [InlineData("[1 2]", "syntax", 3, 1, 4)]
    [InlineData("[1", "syntax", 2, 1, 3)]
    [InlineData("{\"a\"}", "syntax", 4, 1, 5)]
    [InlineData("{\"a\":1,}", "syntax", 7, 1, 8)]
    [InlineData("{a:1}", "syntax", 1, 1, 2)]
    [InlineData("[01]", "syntax", 1, 1, 2)]
    [InlineData("[1.]", "syntax", 3, 1, 4)]
    [InlineData("[-]", "syntax", 2, 1, 3)]
    [InlineData("[1e+]", "syntax", 4, 1, 5)]
    [InlineData("[nul]", "syntax", 1, 1, 2)]
    [InlineData("[\"a\nb\"]", "syntax", 3, 1, 4)]
    [InlineData("\"abc", "syntax", 4, 1, 5)]
    [InlineData("\"\\x\"", "syntax", 1, 1, 2)]
    [InlineData("\"\\u12G4\"", "syntax", 1, 1, 2)]
    [InlineData("\"\\", "syntax", 1, 1, 2)]
    public void A_malformation_has_a_code_and_a_place(string text, string code, int offset, int line, int column)
    {
        var faults = new SchemaFaults();
        Assert.Equal(JsonVerdict.Malformed, CompiledSchema.Any.Walk(Encoding.UTF8.GetBytes(text), faults));
        Malformation malformation = faults.Malformation!;
        Assert.Equal(
            (code, offset, line, column),
            (malformation.Code, malformation.Offset, malformation.Line, malformation.Column));
        Assert.NotEmpty(malformation.Message);
        Assert.Empty(faults);
    }

    [Fact]
    public void Bytes_that_are_not_utf_8_are_found_wherever_they_are()
    {
        byte[] text = [.. "{\"a\": \""u8, 0xC3, 0x28, .. "\"}"u8];
        var faults = new SchemaFaults();
        Assert.Equal(JsonVerdict.Malformed, CompiledSchema.Any.Walk(text, faults));
        Assert.Equal(("encoding", 7), (faults.Malformation!.Code, faults.Malformation.Offset));
    }

    [Fact]
    public void A_malformed_document_has_no_faults_of_the_schema()
    {
        (JsonVerdict verdict, SchemaFaults faults) = Schemas.Walk(
            """{"properties": {"a": {"type": "string"}}}""", """{"a": 1, "b": }""");
        Assert.Equal(JsonVerdict.Malformed, verdict);
        Assert.Empty(faults);
        Assert.Equal("expected a value, found '}'", faults.Malformation!.Message);
    }

    [Theory]
    [InlineData(64, 64, JsonVerdict.Valid)]
    [InlineData(65, 64, JsonVerdict.Malformed)]
    [InlineData(1, 1, JsonVerdict.Valid)]
    [InlineData(2, 1, JsonVerdict.Malformed)]
    [InlineData(1000, 1000, JsonVerdict.Valid)]
    public void The_depth_limit_counts_arrays_and_objects(int depth, int limit, JsonVerdict expected)
    {
        var faults = new SchemaFaults();
        byte[] text = Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth));
        Assert.Equal(expected, CompiledSchema.Any.Walk(text, faults, limit));
        Assert.Equal(expected == JsonVerdict.Malformed ? "too-deep" : null, faults.Malformation?.Code);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(CompiledSchema.DepthMaxLimit + 1)]
    public void A_depth_limit_out_of_range_is_a_bug_of_the_caller(int limit) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => CompiledSchema.Any.Walk("1"u8, new SchemaFaults(), limit));

    [Fact]
    public void A_collector_that_keeps_nothing_is_a_bug_of_the_caller() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SchemaFaults(0));

    [Fact]
    public void A_collector_is_used_again_for_the_next_document()
    {
        var faults = new SchemaFaults();
        CompiledSchema schema = Schemas.Compile("""{"type": "integer"}""");
        Assert.Equal(JsonVerdict.Malformed, schema.Walk("["u8, faults));
        Assert.Equal(JsonVerdict.Invalid, schema.Walk("null"u8, faults));
        Assert.Null(faults.Malformation);
        Assert.Equal(JsonVerdict.Valid, schema.Walk("1"u8, faults));
        Assert.Empty(faults);
    }
}
