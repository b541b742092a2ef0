using System.Text;

namespace Postroom.JsonSchema.Tests;

/// <summary>Schemas beside each other in one document. That they mean what they meant, the official suite tells.
/// </summary>
public sealed class BundleTests
{
    private readonly SchemaBundle _bundle = new("#/components/schemas/");

    [Fact]
    public void What_a_schema_refers_to_becomes_a_schema_of_its_own()
    {
        Assert.Equal("Order", Add("Order", """
            {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://example.com/order",
             "properties":{"to":{"$ref":"#/$defs/address"},"next":{"$ref":"#"}},
             "$defs":{"address":{"$anchor":"here","required":["city"]},"unused":{"const":1}}}
            """));
        Assert.Equal(
            """{"Order":{"properties":{"to":{"$ref":"#/components/schemas/Order.address"}"""
                + ""","next":{"$ref":"#/components/schemas/Order"}}},"Order.address":{"required":["city"]}}""",
            Text());
    }

    [Fact]
    public void A_document_to_which_several_refer_comes_once()
    {
        SchemaOptions options = With("shared/address.schema.json", """{"type":"object"}""");
        Add("Order", """{"properties":{"to":{"$ref":"shared/address.schema.json"}}}""", options);
        Add("Order", """{"items":{"$ref":"shared/address.schema.json"}}""", options);
        Assert.Equal(["Order", "address", "Order2"], Names());
    }

    [Fact]
    public void Another_document_of_the_same_address_is_another_schema()
    {
        const string Schema = """{"$ref":"a.json"}""";
        Add("One", Schema, With("a.json", """{"type":"object"}"""));
        Add("Two", Schema, With("a.json", """{"type":"array"}"""));
        Assert.Equal(["One", "a", "Two", "a2"], Names());
    }

    [Fact]
    public void Older_drafts_are_written_as_2020_12()
    {
        Add("Old", """
            {"$schema":"http://json-schema.org/draft-07/schema#","items":[{"type":"string"}],"additionalItems":false,
             "dependencies":{"a":["b"],"c":{"minProperties":2}},"prefixItems":[false],
             "properties":{"a":{"$ref":"#/definitions/a","type":"null"}},"definitions":{"a":{"const":1}}}
            """, new SchemaOptions { IgnoreUnknown = true });
        Assert.Equal(
            """{"Old":{"prefixItems":[{"type":"string"}],"items":false,"dependentRequired":{"a":["b"]}"""
                + ""","dependentSchemas":{"c":{"minProperties":2}},"properties":{"a":{"$ref":"#/components/schemas/Old.a"}}}"""
                + ""","Old.a":{"const":1}}""",
            Text());
    }

    [Fact]
    public void Names_are_those_that_OpenAPI_takes()
    {
        Assert.Equal("Stra_e_1", Add("Straße/1", "{}"));
        Assert.Equal("Schema", Add("", "true"));
        Assert.Equal("""{"Stra_e_1":{},"Schema":true}""", Text());
    }

    [Fact]
    public void Numbers_stay_as_they_were_written_and_own_keywords_too()
    {
        Add("A", """{"minimum":1.10,"maximum":123456789012345678901,"x-note":{"$ref":"not a reference"},"$comment":"no"}""");
        Assert.Equal(
            """{"A":{"minimum":1.10,"maximum":123456789012345678901,"x-note":{"$ref":"not a reference"}}}""", Text());
    }

    [Fact]
    public void A_schema_that_does_not_compile_is_refused() =>
        Assert.Throws<ArgumentException>(() => Add("A", """{"$ref":"nowhere.json"}"""));

    private static SchemaOptions With(string uri, string text) => new()
    {
        Sources = [new SchemaRegistry(new Dictionary<string, ReadOnlyMemory<byte>> { [uri] = Encoding.UTF8.GetBytes(text) })],
    };

    private string Add(string name, string schema, SchemaOptions? options = null) =>
        _bundle.Add(name, Encoding.UTF8.GetBytes(schema), options);

    private string[] Names() => [.. _bundle.Schemas.Select(schema => schema.Key)];

    private string Text() => _bundle.Schemas.ToJsonString();
}
