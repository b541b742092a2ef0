using System.Text;
using Postroom.Expressions;
using Postroom.JsonSchema;
using Postroom.Plans;

namespace Postroom.Tests.Plans;

public sealed class SchemaExpressionTypeTests
{
    [Theory]
    [InlineData("""{"type": "boolean"}""", "bool", false)]
    [InlineData("""{"type": "integer"}""", "int", false)]
    [InlineData("""{"type": "number"}""", "double", false)]
    [InlineData("""{"type": ["integer", "null"]}""", "int", true)]
    [InlineData("""{"type": "string"}""", "string", false)]
    [InlineData("""{"enum": ["a", "b"]}""", "string", false)]
    [InlineData("""{"type": ["string", "null"], "format": "date-time"}""", "timestamp", true)]
    [InlineData("""{"type": "string", "format": "date"}""", "string", false)]
    [InlineData("""{"type": "array", "items": {"type": "integer"}}""", "list(int)", false)]
    [InlineData("""{"type": "array"}""", "list", false)]
    [InlineData("""{"type": "array", "prefixItems": [{"type": "integer"}], "items": {"type": "string"}}""", "list", false)]
    [InlineData("""{"type": "object"}""", "map", false)]
    [InlineData("""{"type": "null"}""", "null", true)]
    [InlineData("""{"type": ["string", "integer"]}""", "dyn", false)]
    [InlineData("""{"anyOf": [{"type": "string"}, {"type": "null"}]}""", "string", true)]
    [InlineData("true", "dyn", false)]
    public void A_type_follows_from_the_schema(string schema, string type, bool isNullable)
    {
        var found = Of(schema);
        Assert.Equal((type, isNullable), (found.ToString(), found.IsNullable));
    }

    [Fact]
    public void Members_are_known_by_name_and_others_where_the_schema_speaks_of_them()
    {
        var closed = Of("""{"type": "object", "properties": {"a": {"type": "integer"}}}""");
        Assert.Equal("int", closed.Fields["a"].ToString());
        Assert.Null(closed.Others);
        Assert.Equal("dyn", Of("""{"type": "object"}""").Others!.ToString());
        Assert.Equal("string", Of("""{"type": "object", "properties": {"a": true}, "additionalProperties": {"type": "string"}}""").Others!.ToString());
        Assert.Null(Of("""{"type": "object", "additionalProperties": false}""").Others);
    }

    [Fact]
    public void A_schema_that_contains_itself_ends()
    {
        var type = Of("""{"type": "object", "properties": {"next": {"$ref": "#"}}}""");
        for (var depth = 0; depth < 7; depth++)
        {
            type = type.Fields["next"];
        }

        Assert.Equal("dyn", type.Fields["next"].ToString());
    }

    private static ExpressionType Of(string schema) =>
        SchemaExpressionType.Of(CompiledSchema.Compile(Encoding.UTF8.GetBytes(schema)).Schema!.Root);
}
