using System.Buffers;
using System.Text;
using Postroom.Answers;
using Postroom.JsonSchema;

namespace Postroom.Tests.Answers;

public sealed class FormFieldsTests
{
    [Theory]
    [InlineData("""{"type":"string"}""", "Text")]
    [InlineData("""{"type":["string","null"]}""", "Text")]
    [InlineData("{}", "Text")]
    [InlineData("""{"type":"string","format":"email"}""", "Email")]
    [InlineData("""{"type":"string","format":"uri"}""", "Url")]
    [InlineData("""{"type":"string","format":"date"}""", "Date")]
    [InlineData("""{"type":"string","format":"date-time"}""", "Text")]
    [InlineData("""{"type":"string","writeOnly":true}""", "Password")]
    [InlineData("""{"type":"string","maxLength":200}""", "Text")]
    [InlineData("""{"type":"string","maxLength":201}""", "Lines")]
    [InlineData("""{"type":"integer"}""", "Number")]
    [InlineData("""{"type":"number"}""", "Number")]
    [InlineData("""{"type":"boolean"}""", "Checkbox")]
    [InlineData("""{"const":true}""", "Checkbox")]
    [InlineData("""{"const":"v2"}""", "Hidden")]
    [InlineData("""{"enum":["a","b"]}""", "Select")]
    [InlineData("""{"type":"array","items":{"enum":["a","b"]}}""", "Checkboxes")]
    [InlineData("""{"type":"array","items":{"type":"string"}}""", "Repeated")]
    [InlineData("""{"type":"array","items":{"type":"object"}}""", "Unavailable")]
    [InlineData("""{"type":"array"}""", "Unavailable")]
    [InlineData("""{"type":"object"}""", "Unavailable")]
    [InlineData("""{"type":"object","properties":{"a":{}}}""", "Group")]
    [InlineData("""{"type":"string","format":"binary"}""", "File")]
    [InlineData("""{"type":"string","contentMediaType":"application/pdf"}""", "File")]
    [InlineData("""{"type":"string","contentMediaType":"image/png","contentEncoding":"base64"}""", "Text")]
    [InlineData("""{"type":"array","items":{"type":"string","format":"binary"}}""", "Files")]
    public void A_schema_says_how_its_value_is_entered(string schema, string control) =>
        Assert.Equal(control, One("value", schema).Control.ToString());

    [Theory]
    [InlineData("phone", "Telephone")]
    [InlineData("message", "Lines")]
    [InlineData("subject", "Text")]
    public void A_name_says_what_the_schema_leaves_open(string name, string control) =>
        Assert.Equal(control, One(name, """{"type":"string"}""").Control.ToString());

    [Fact]
    public void Few_choices_that_must_be_made_are_all_in_view()
    {
        var few = Assert.Single(Fields("""{"properties":{"size":{"enum":["small","large"]}},"required":["size"]}"""));
        Assert.Equal(FormControl.Radios, few.Control);
        Assert.Equal([new("small", "Small"), new FormOption("large", "Large")], few.Options);
        var odd = One("x", """{"enum":["very_large","en-GB","2026-11-22",null,7]}""");
        Assert.Equal(["Very large", "en-GB", "2026-11-22", "7"], odd.Options.Select(option => option.Label));
        var many = Fields("""{"properties":{"n":{"enum":[1,2,3,4,5,6]}},"required":["n"]}""");
        Assert.Equal(FormControl.Select, Assert.Single(many).Control);
    }

    [Fact]
    public void An_answer_of_yes_or_no_that_must_be_given_offers_both()
    {
        var field = Assert.Single(Fields("""{"properties":{"ok":{"type":"boolean"}},"required":["ok"]}"""));
        Assert.Equal(["true", "false"], field.Options.Select(option => option.Value));
    }

    [Fact]
    public void Titles_hints_limits_and_defaults_come_from_the_schema()
    {
        var field = One("nick", """
            {"type":"string","title":"Your nickname","description":"As on the board.","minLength":2,"maxLength":20,
             "pattern":"^[a-z]+$","default":"ada"}
            """);
        Assert.Equal("Your nickname", field.Label);
        Assert.Equal("As on the board.", field.Hint);
        Assert.Equal(2, field.MinimumLength);
        Assert.Equal(20, field.MaximumLength);
        Assert.Equal("[a-z]+", field.Pattern);
        Assert.Equal("ada", field.Default);
    }

    [Theory]
    [InlineData("""{"type":"integer","minimum":1,"maximum":9}""", "1", "9", "1")]
    [InlineData("""{"type":"integer","exclusiveMinimum":0,"exclusiveMaximum":10,"multipleOf":3}""", "1", "9", "3")]
    [InlineData("""{"type":"number","minimum":0.5,"exclusiveMaximum":10}""", "0.5", null, "any")]
    public void Numbers_have_their_bounds(string schema, string? minimum, string? maximum, string step)
    {
        var field = One("value", schema);
        Assert.Equal((minimum, maximum, step), (field.Minimum, field.Maximum, field.Step));
    }

    [Theory]
    [InlineData("^[a-z]+$", "[a-z]+")]
    [InlineData("[a-z]", "[\\s\\S]*(?:[a-z])[\\s\\S]*")]
    [InlineData("^a|b$", "[\\s\\S]*(?:^a|b$)[\\s\\S]*")]
    [InlineData("^a\\$", "[\\s\\S]*(?:^a\\$)[\\s\\S]*")]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_pattern_may_match_anywhere_in_a_schema_and_must_match_all_on_a_page(string? schema, string? page) =>
        Assert.Equal(page, FormPattern.Of(schema));

    [Fact]
    public void Groups_carry_the_path_of_their_fields()
    {
        var group = Assert.Single(Fields("""
            {"required":["address"],
             "properties":{"address":{"type":"object","properties":{"street":{"type":"string"}},"required":["street"]}}}
            """));
        var street = Assert.Single(group.Fields);
        Assert.Equal(("address[street]", "/address/street", true), (street.Name, street.Pointer, street.Required));
    }

    [Fact]
    public void A_group_that_may_be_left_empty_does_not_keep_the_browser_from_sending()
    {
        var group = Assert.Single(Fields("""
            {"properties":{"address":{"type":"object","properties":{"street":{"type":"string"}},"required":["street"]}}}
            """));
        var street = Assert.Single(group.Fields);
        Assert.False(street.Required);
        Assert.True(street.RequiredInGroup);
    }

    [Fact]
    public void A_schema_that_refers_to_itself_ends()
    {
        var field = Assert.Single(Fields("""
            {"$ref":"#/$defs/node","$defs":{"node":{"type":"object","properties":{"next":{"$ref":"#/$defs/node"}}}}}
            """));
        for (var depth = 0; depth < 4; depth++)
        {
            Assert.Equal(FormControl.Group, field.Control);
            field = Assert.Single(field.Fields);
        }

        Assert.Equal(FormControl.Unavailable, field.Control);
    }

    [Fact]
    public void What_a_client_may_not_send_is_not_asked() =>
        Assert.Equal("a", Assert.Single(Fields("""{"properties":{"id":{"readOnly":true},"no":false,"a":{}}}""")).Name);

    [Fact]
    public void Without_a_schema_a_plain_contact_form_is_shown() =>
        Assert.Equal(["name", "email", "message"], FormFields.Of(CompiledSchema.Any.Root).Select(field => field.Name));

    [Fact]
    public void Every_kind_of_field_makes_a_page_that_keeps_the_rules()
    {
        var output = new ArrayBufferWriter<byte>();
        new FormPage
        {
            Title = "All",
            Action = HtmlUrl.Of("/all"),
            Fields = Fields("""
                {"required":["name","size","items","ok"],"properties":{"name":{"type":"string","pattern":"^a$"},
                 "size":{"enum":["s","m"]},"ok":{"type":"boolean"},"news":{"type":"boolean","description":"Weekly."},
                 "items":{"type":"array"},"tags":{"type":"array","items":{"type":"string"}},"colours":{"type":"array",
                 "items":{"enum":["red","blue"]}},"address":{"type":"object","title":"Where","properties":{"street":{},
                 "since":{"format":"date"}}},"a/b c":{"type":"integer"},"x[y]":{},"kind":{"const":"v1"}}}
                """),
        }.WriteTo(new HtmlWriter(output));
        var page = PageRules.Check(output.WrittenSpan);
        Assert.Equal("number", page.ByName("a/b c")["type"]);
        Assert.DoesNotContain(page.Elements, element => element["name"] == "x[y]");
    }

    private static FormField One(string name, string schema) =>
        Assert.Single(Fields($$$"""{"properties":{"{{{name}}}":{{{schema}}}}}"""));

    private static IReadOnlyList<FormField> Fields(string schema)
    {
        var compiled = CompiledSchema.Compile(Encoding.UTF8.GetBytes(schema), SchemaOptions.AssertingFormats);
        Assert.True(compiled.Succeeded, string.Join('\n', compiled.Errors));
        return FormFields.Of(compiled.Schema.Root);
    }
}
