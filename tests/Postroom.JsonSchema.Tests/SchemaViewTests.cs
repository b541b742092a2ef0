using System.Text;

namespace Postroom.JsonSchema.Tests;

public sealed class SchemaViewTests
{
    private const string Contact = """
        {"$defs": {"named": {"properties": {"name": {"type": "string", "minLength": 2, "title": "Name"}},
                             "required": ["name"]},
                   "short": {"type": "string", "maxLength": 40, "title": "Short"}},
         "type": "object", "required": ["email"],
         "properties": {
           "email": {"type": "string", "format": "email", "maxLength": 254},
           "name": {"maxLength": 200},
           "phone": {"$ref": "#/$defs/short", "title": "Phone"},
           "age": {"type": ["integer", "null"], "minimum": 0, "exclusiveMaximum": 150.5, "multipleOf": 0.5},
           "topics": {"type": "array", "items": {"enum": ["a", "b"]}, "minItems": 1, "maxItems": 3,
                      "uniqueItems": true},
           "any": {}},
         "allOf": [{"$ref": "#/$defs/named"}]}
        """;

    private static SchemaView View => Schemas.Compile(Contact).Root;

    [Fact]
    public void Properties_keep_their_order_and_those_of_allOf_follow() =>
        Assert.Equal(
            ["email!", "name!", "phone", "age", "topics", "any"],
            View.Properties.Select(property => property.Name + (property.Required ? "!" : "")));

    [Fact]
    public void What_allOf_adds_holds_together_with_the_rest()
    {
        SchemaView name = View.Property("name")!.Schema;
        Assert.Equal((2, 200, SchemaTypes.String, "Name"), (name.MinLength, name.MaxLength, name.Types, name.Title));
        Assert.True(View.Required("name") && View.Required("email"));
        Assert.False(View.Required("phone"));
    }

    [Fact]
    public void A_reference_is_followed_and_its_neighbours_come_first()
    {
        SchemaView phone = View.Property("phone")!.Schema;
        Assert.Equal(("Phone", 40, SchemaTypes.String), (phone.Title, phone.MaxLength, phone.Types));
        Assert.Null(phone.MinLength);
    }

    [Fact]
    public void Bounds_are_given_as_the_schema_writes_them()
    {
        SchemaView age = View.Property("age")!.Schema;
        Assert.Equal(("0", "150.5", "0.5"), (age.Minimum, age.ExclusiveMaximum, age.MultipleOf));
        Assert.Null(age.Maximum);
        Assert.Equal(SchemaTypes.Integer | SchemaTypes.Null, age.Types);
    }

    [Fact]
    public void Items_and_their_values_can_be_read()
    {
        SchemaView topics = View.Property("topics")!.Schema;
        Assert.Equal((1, 3, true), (topics.MinItems, topics.MaxItems, topics.UniqueItems));
        Assert.Equal(["\"a\"", "\"b\""], topics.Items!.EnumValues.Select(value => Encoding.UTF8.GetString(value.Span)));
        Assert.Equal(SchemaTypes.String, topics.Items.Types);
    }

    [Theory]
    [InlineData("{}", SchemaTypes.Any)]
    [InlineData("true", SchemaTypes.Any)]
    [InlineData("false", SchemaTypes.None)]
    [InlineData("{'enum': ['a', 1, null]}", SchemaTypes.String | SchemaTypes.Integer | SchemaTypes.Null)]
    [InlineData("{'const': 1.5}", SchemaTypes.Number)]
    [InlineData("{'const': {}}", SchemaTypes.Object)]
    [InlineData("{'type': 'number', 'allOf': [{'type': ['integer', 'string']}]}", SchemaTypes.Integer)]
    [InlineData("{'anyOf': [{'type': 'string'}, {'$ref': '#/$defs/n'}], '$defs': {'n': {'type': 'null'}}}",
        SchemaTypes.String | SchemaTypes.Null)]
    [InlineData("{'$ref': '#/$defs/n', '$defs': {'n': {'type': 'array'}}}", SchemaTypes.Array)]
    public void Types_are_what_the_schema_leaves_possible(string schema, SchemaTypes types) =>
        Assert.Equal(types, Schemas.Compile(schema.Replace('\'', '"')).Root.Types);

    [Fact]
    public void What_stands_below_and_beside_can_be_read()
    {
        SchemaView view = Schemas.Compile(
            """
            {"properties": {"list": {"prefixItems": [{"const": 1.0}, {"pattern": "^a"}]}},
             "additionalProperties": {"maxLength": 3}, "minProperties": 1, "maxProperties": 9,
             "anyOf": [{"title": "first"}, {"title": "second"}], "oneOf": [{"title": "third"}]}
            """).Root;
        Assert.Equal((1, 9, 3), (view.MinProperties, view.MaxProperties, view.AdditionalProperties!.MaxLength));
        Assert.Equal(["first", "second", "third"], view.Alternatives.Select(alternative => alternative.Title));
        IReadOnlyList<SchemaView> prefix = view.Property("list")!.Schema.PrefixItems;
        Assert.Equal("1.0", Encoding.UTF8.GetString(prefix[0].Const!.Value.Span));
        Assert.Equal("^a", prefix[1].Pattern);
        Assert.Null(view.Const);
        Assert.Null(view.Default);
        Assert.Empty(view.EnumValues);
    }

    [Fact]
    public void Views_of_one_place_are_equal_however_they_were_reached()
    {
        SchemaView root = Schemas.Compile("""{"properties": {"next": {"$ref": "#"}, "other": {}}}""").Root;
        SchemaView once = root.Property("next")!.Schema, twice = once.Property("next")!.Schema;
        Assert.Equal(once, twice);
        Assert.Equal(once.GetHashCode(), twice.GetHashCode());
        Assert.NotEqual(once, root.Property("other")!.Schema);
    }

    [Fact]
    public void A_recursive_schema_can_be_followed_as_deep_as_wanted()
    {
        SchemaView view = Schemas.Compile("""{"type": "object", "properties": {"next": {"$ref": "#"}}}""").Root;
        for (int depth = 0; depth < 100; depth++)
        {
            view = view.Property("next")!.Schema;
        }

        Assert.Equal(SchemaTypes.Object, view.Types);
    }

    [Fact]
    public void Nothing_said_is_told_from_something_said()
    {
        Assert.True(CompiledSchema.Any.Root.IsAnything);
        Assert.True(View.Property("any")!.Schema.IsAnything);
        Assert.False(View.IsAnything);
        Assert.True(Schemas.Compile("false").Root.IsNever);
        Assert.Empty(CompiledSchema.Any.Root.Properties);
        Assert.Null(CompiledSchema.Any.Root.Items);
    }

    /// <summary>What decides whether the text "18" of a form field becomes a number.</summary>
    [Theory]
    [InlineData("{'type': 'integer'}", SchemaTypes.Integer)]
    [InlineData("{'type': ['integer', 'null']}", SchemaTypes.Integer | SchemaTypes.Null)]
    [InlineData("{'$ref': 'u:n'}", SchemaTypes.Number)]
    [InlineData("{'$ref': '#count'}", SchemaTypes.Integer)]
    [InlineData("{'$dynamicRef': '#count'}", SchemaTypes.Integer)]
    [InlineData("{'allOf': [{'$ref': '#count'}], 'minimum': 1}", SchemaTypes.Integer)]
    [InlineData("{'oneOf': [{'const': 'all'}, {'$ref': '#count'}]}", SchemaTypes.String | SchemaTypes.Integer)]
    [InlineData("{'if': {'type': 'integer'}, 'then': {'minimum': 1}}", SchemaTypes.Any)]
    [InlineData("{'enum': [1, 2.5]}", SchemaTypes.Number)]
    [InlineData("{'not': {'type': 'string'}}", SchemaTypes.Any)]
    public void Types_follow_every_reference(string field, SchemaTypes types)
    {
        string schema = "{'properties': {'f': " + field + "}, '$defs': {'n': {'$id': 'u:n', 'type': 'number'}, "
            + "'c': {'$dynamicAnchor': 'count', 'type': 'integer'}}}";
        SchemaView view = Schemas.Compile(schema.Replace('\'', '"')).Root.Property("f")!.Schema;
        Assert.Equal(types, view.Types);
        Assert.False(view.IsAnything);
    }

    [Fact]
    public void Defaults_and_access_are_read_through_references()
    {
        SchemaView view = Schemas.Compile(
            """
            {"properties": {"id": {"$ref": "#/$defs/id"}, "secret": {"allOf": [{"writeOnly": true}]}},
             "$defs": {"id": {"readOnly": true, "default": "x"}}}
            """).Root;
        SchemaView id = view.Property("id")!.Schema;
        Assert.True(id.IsReadOnly && !id.IsWriteOnly && view.Property("secret")!.Schema.IsWriteOnly);
        Assert.Equal("\"x\"", Encoding.UTF8.GetString(id.Default!.Value.Span));
    }
}
