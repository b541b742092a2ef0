using System.Text;

namespace Postroom.JsonSchema.Tests;

/// <summary>Schemas that consist of several documents, and of several drafts.</summary>
public sealed class ReferenceTests
{
    private static readonly SchemaRegistry Registry = new(new Dictionary<string, ReadOnlyMemory<byte>>
    {
        ["https://example.com/address"] = Encoding.UTF8.GetBytes(
            """{"$defs": {"city": {"$anchor": "city", "minLength": 2}}, "properties": {"city": {"$ref": "#city"}}}"""),
        ["https://example.com/broken"] = "{\n 7}"u8.ToArray(),
        ["https://example.com/wrong"] = "{\n \"type\": \"strng\"}"u8.ToArray(),
    });

    [Fact]
    public void A_registry_and_the_base_uri_of_the_text_lead_to_other_documents()
    {
        var options = new SchemaOptions { BaseUri = "https://example.com/order", Sources = [Registry] };
        CompiledSchema schema = Schemas.Compile("""{"properties": {"to": {"$ref": "address"}}}""", options);
        var faults = new SchemaFaults();
        Assert.Equal(JsonVerdict.Invalid, schema.Walk("""{"to": {"city": "x"}}"""u8, faults));
        Assert.Equal(
            ("/to/city", "https://example.com/address#/$defs/city/minLength"),
            (faults[0].Pointer, faults[0].SchemaPointer));
    }

    [Fact]
    public void Faults_in_another_document_are_told_with_its_uri()
    {
        var options = new SchemaOptions { Sources = [Registry] };
        Assert.Equal(
            ["https://example.com/wrong 2:2 /type: a type must be one of null, boolean, integer, number, string, "
                + "array, object; did you mean \"string\"?"],
            Schemas.Errors("""{"$ref": "https://example.com/wrong"}""", options).Select(error => error.ToString()));
        Assert.StartsWith(
            "https://example.com/broken cannot be read: 2:2 not acceptable JSON",
            Schemas.Errors("""{"$ref": "https://example.com/broken"}""", options)[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_gives_the_files_in_it_and_no_others()
    {
        string folder = Directory.CreateTempSubdirectory("postroom-schema").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "in", "deep"));
            File.WriteAllText(Path.Combine(folder, "in", "deep", "a b.json"), """{"type": "null"}""");
            File.WriteAllText(Path.Combine(folder, "out.json"), "{}");
            var source = new SchemaFolder(Path.Combine(folder, "in"), "https://example.com/s");
            Assert.NotNull(source.Find("https://example.com/s/deep/a%20b.json"));
            Assert.Null(source.Find("https://example.com/s/../out.json"));
            Assert.Null(source.Find("https://example.com/s/%2e%2e/out.json"));
            Assert.Null(source.Find("https://example.com/s/" + Path.Combine(folder, "out.json")));
            Assert.Null(source.Find("https://example.com/s/deep"));
            Assert.Null(source.Find("https://example.com/other/a.json"));
            Assert.Null(Registry.Find("https://example.com/none"));

            var options = new SchemaOptions { Sources = [new SchemaFolder(Path.Combine(folder, "in"))] };
            CompiledSchema schema = Schemas.Compile("""{"$ref": "deep/a%20b.json"}""", options);
            Assert.Equal(JsonVerdict.Invalid, schema.Walk("1"u8, new SchemaFaults()));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Documents_are_bounded_in_number_and_size()
    {
        ISchemaSource endless = new Endless();
        Assert.Equal("the schema consists of more than 3 documents", Schemas.Errors(
            """{"$ref": "1"}""", new SchemaOptions { Sources = [endless], DocumentsMax = 3 })[0].Message);
        var registry = new SchemaRegistry([new("u:address", new byte[100])]);
        Assert.Contains("at most 30 are allowed", Schemas.Errors(
            """{"$ref": "u:address"}""", new SchemaOptions { Sources = [registry], SchemaBytesMax = 30 })[0].Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{'$schema': 'http://json-schema.org/draft-07/schema#', '$ref': '#/definitions/a', 'type': 'null', "
        + "'definitions': {'a': {'type': 'string'}}}", "'x'", "1")]
    [InlineData("{'$schema': 'http://json-schema.org/draft-07/schema#', 'items': [{'type': 'null'}], "
        + "'additionalItems': false}", "[null]", "[null, 1]")]
    [InlineData("{'$schema': 'http://json-schema.org/draft-07/schema#', 'definitions': {'a': {'$id': '#n', "
        + "'type': 'null'}}, 'items': {'$ref': '#n'}}", "[null]", "[1]")]
    [InlineData("{'$schema': 'https://json-schema.org/draft/2019-09/schema', '$id': 'u:t', '$recursiveAnchor': true, "
        + "'$ref': 'u:n', 'required': ['x'], '$defs': {'n': {'$id': 'u:n', '$recursiveAnchor': true, 'properties': "
        + "{'c': {'$recursiveRef': '#'}}}}}", "{'x': 1, 'c': {'x': 1}}", "{'x': 1, 'c': {}}")]
    [InlineData("{'$id': 'u:t', '$dynamicAnchor': 'd', '$ref': 'u:n', 'required': ['x'], '$defs': {'n': "
        + "{'$id': 'u:n', '$dynamicAnchor': 'd', 'properties': {'c': {'$dynamicRef': '#d'}}}}}",
        "{'x': 1, 'c': {'x': 1}}", "{'x': 1, 'c': {}}")]
    public void Older_drafts_and_dynamic_references(string schema, string right, string wrong)
    {
        CompiledSchema compiled = Schemas.Compile(schema.Replace('\'', '"'));
        var faults = new SchemaFaults();
        Assert.Equal(JsonVerdict.Valid, compiled.Walk(Encoding.UTF8.GetBytes(right.Replace('\'', '"')), faults));
        Assert.Equal(JsonVerdict.Invalid, compiled.Walk(Encoding.UTF8.GetBytes(wrong.Replace('\'', '"')), faults));
    }

    [Theory]
    [InlineData("https://json-schema.org/draft/2020-12/schema")]
    [InlineData("https://json-schema.org/draft/2019-09/schema")]
    [InlineData("http://json-schema.org/draft-07/schema#")]
    public void A_meta_schema_accepts_itself_and_refuses_a_wrong_schema(string uri)
    {
        CompiledSchema meta = Schemas.Compile($$"""{"$ref": "{{uri}}"}""");
        var faults = new SchemaFaults();
        Assert.Equal(JsonVerdict.Valid, meta.Walk("""{"properties": {"a": {"minLength": 1}}}"""u8, faults));
        Assert.Equal(JsonVerdict.Invalid, meta.Walk("""{"properties": {"a": {"minLength": -1}}}"""u8, faults));
        Assert.Equal("/properties/a/minLength", faults[0].Pointer);
    }

    [Fact]
    public void Unknown_words_are_ignored_where_that_is_asked_for()
    {
        var options = new SchemaOptions { IgnoreUnknown = true, AssertFormats = true };
        CompiledSchema schema = Schemas.Compile("""{"colour": 1, "format": "colour", "type": "string"}""", options);
        Assert.Equal(JsonVerdict.Valid, schema.Walk("\"red\""u8, new SchemaFaults()));
    }

    [Fact]
    public void A_value_is_not_given_to_more_schemas_than_it_is_worth()
    {
        var definitions = new StringBuilder();
        for (int level = 0; level < 20; level++)
        {
            string next = $"{{\"$ref\": \"#/$defs/d{level + 1}\"}}";
            definitions.Append(
                System.Globalization.CultureInfo.InvariantCulture, $"\"d{level}\": {{\"allOf\": [{next}, {next}]}},");
        }

        SchemaError error = Assert.Single(Schemas.Errors(
            $"{{\"$defs\": {{{definitions} \"d20\": {{\"minLength\": 1}}}}, \"$ref\": \"#/$defs/d0\"}}"));
        Assert.Equal("one value would be judged by more than 10000 schemas", error.Message);
    }

    /// <summary>Each document refers to the next.</summary>
    private sealed class Endless : ISchemaSource
    {
        public ReadOnlyMemory<byte>? Find(string uri) => Encoding.UTF8.GetBytes($$"""{"$ref": "{{uri}}1"}""");
    }
}
