using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Postroom.JsonSchema.Tests.Properties;

namespace Postroom.JsonSchema.Tests;

/// <summary>The same verdict and the same faults, however a document comes.</summary>
public sealed class InputTests
{
    private const string Schema = """
        {"properties": {"a": {"type": "string", "maxLength": 2}}, "additionalProperties": {"type": ["array", "null"],
         "items": {"multipleOf": 0.5}}, "required": ["a"]}
        """;

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"a\": \"\\u00e9\\n\", \"b\": [1, 1.5e0, [], {}]}")]
    [InlineData("{\"a\": \"abc\", \"b\": [1, 0.25, \"\\\"x\\\\\"], \"\\u0062c\": 1}")]
    [InlineData("null")]
    [InlineData("[true, false]")]
    public void Every_input_is_judged_alike(string document)
    {
        CompiledSchema schema = Schemas.Compile(Schema);
        byte[] text = Encoding.UTF8.GetBytes(document);
        var expected = new SchemaFaults();
        JsonVerdict verdict = schema.Walk(text, expected);
        using JsonDocument parsed = JsonDocument.Parse(text);

        var faults = new SchemaFaults();
        Assert.Equal(verdict, schema.Walk(parsed.RootElement, faults));
        Assert.Equal(expected, faults);
        Assert.Equal(verdict, schema.Walk(JsonNode.Parse(text), faults));
        Assert.Equal(expected, faults);
        var reader = new Utf8JsonReader(text);
        Assert.Equal(verdict, schema.Walk(ref reader, faults));
        Assert.Equal(expected, faults);
        Assert.False(reader.Read());
        var pieces = new Utf8JsonReader(InPieces(text));
        Assert.Equal(verdict, schema.Walk(ref pieces, faults));
        Assert.Equal(expected, faults);
    }

    [Fact]
    public void Random_documents_are_judged_alike_by_every_input()
    {
        for (int seed = 0; seed < 500; seed++)
        {
            Every_input_is_judged_alike(new RandomJson(seed).Document(4));
        }
    }

    [Fact]
    public void A_reader_is_left_at_the_last_token_of_its_value()
    {
        var reader = new Utf8JsonReader(
            """{"x": /* here */ {"a": "b", "c": [1,],}, "y": 2}"""u8,
            new JsonReaderOptions { CommentHandling = JsonCommentHandling.Allow, AllowTrailingCommas = true });
        Assert.True(reader.Read() && reader.Read());
        var faults = new SchemaFaults();
        Assert.Equal(JsonVerdict.Valid, Schemas.Compile(Schema).Walk(ref reader, faults));
        Assert.Equal((JsonTokenType.EndObject, 1), (reader.TokenType, reader.CurrentDepth));
        Assert.True(reader.Read() && reader.ValueTextEquals("y"));
        Assert.Equal(JsonVerdict.Invalid, Schemas.Compile("{\"type\": \"null\"}").Walk(ref reader, faults));
        Assert.Equal(2, reader.GetInt32());
    }

    [Fact]
    public void A_value_that_ends_early_is_the_fault_of_the_reader()
    {
        CompiledSchema schema = Schemas.Compile(Schema);
        Assert.Throws<JsonException>(() =>
        {
            var reader = new Utf8JsonReader("[1"u8, isFinalBlock: false, default);
            schema.Walk(ref reader, new SchemaFaults());
        });
    }

    [Fact]
    public void A_parsed_document_that_names_a_property_twice_is_refused()
    {
        using JsonDocument parsed = JsonDocument.Parse("""{"a": 1, "a": 2}""");
        var faults = new SchemaFaults();
        Assert.Equal(JsonVerdict.Malformed, CompiledSchema.Any.Walk(parsed.RootElement, faults));
        Assert.Equal(MalformationCodes.DuplicateKey, faults.Malformation!.Code);
    }

    [Fact]
    public void No_json_node_is_null()
    {
        CompiledSchema schema = Schemas.Compile("""{"type": "null"}""");
        Assert.Equal(JsonVerdict.Valid, schema.Walk((JsonNode?)null, new SchemaFaults()));
    }

    private static ReadOnlySequence<byte> InPieces(byte[] text)
    {
        var first = new Piece(text.AsMemory(0, 1), 0);
        Piece last = first;
        for (int start = 1; start < text.Length; start += 3)
        {
            last = last.Then(text.AsMemory(start, Math.Min(3, text.Length - start)));
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, long start) => (Memory, RunningIndex) = (memory, start);

        public Piece Then(ReadOnlyMemory<byte> memory)
        {
            var next = new Piece(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
