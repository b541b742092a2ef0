using System.Text;
using Postroom.JsonSchema;
using Postroom.Plans;

namespace Postroom.Tests.Plans;

public sealed class HiddenFieldsTests
{
    [Theory]
    [InlineData("""{"properties":{"note":{"writeOnly":true}}}""", """{"note":"s3cret","name":"Ada"}""", """{"note":"•••","name":"Ada"}""")]
    [InlineData("true", """{"Password":"s3cret","name":"Ada"}""", """{"Password":"•••","name":"Ada"}""")]
    [InlineData("true", """{"token":{"a":1}}""", """{"token":"•••"}""")]
    [InlineData("true", """{"name":"Ada"}""", """{"name":"Ada"}""")]
    [InlineData("true", "[1]", "[1]")]
    public void Secrets_are_not_shown_again(string schema, string document, string shown)
    {
        var hidden = new HiddenFields(
            CompiledSchema.Compile(Encoding.UTF8.GetBytes(schema), SchemaOptions.AssertingFormats).Schema!.Root);
        Assert.Equal(shown, Encoding.UTF8.GetString(hidden.Show(Encoding.UTF8.GetBytes(document)).Span));
    }
}
