using System.Text;
using Postroom.Expressions;
using Postroom.Expressions.Values;
using Postroom.JsonSchema;
using Postroom.Plans;
using Postroom.Tests.Expressions;

namespace Postroom.Tests.Docs;

/// <summary>The examples of docs/expressions.md have the values that it says.</summary>
public sealed class ExpressionPageTests
{
    private const string Page = "docs/expressions.md";

    private const string Schema =
        """
        {"type": "object", "properties": {
          "name": {"type": "string"}, "email": {"type": "string"}, "age": {"type": "integer"}, "price": {"type": "number"},
          "active": {"type": "boolean"}, "note": {"type": ["string", "null"]}, "phone": {"type": "string"},
          "tags": {"type": "array", "items": {"type": "string"}},
          "address": {"type": "object", "properties": {"city": {"type": "string"}}},
          "first-name": {"type": "string"}, "starts": {"type": "string", "format": "date-time"}}}
        """;

    [Fact]
    public void Every_example_has_the_value_that_the_page_says()
    {
        var environment = new ExpressionEnvironment { Container = "record" }.Declare(
            "record", SchemaExpressionType.Of(CompiledSchema.Compile(Encoding.UTF8.GetBytes(Schema)).Schema!.Root));
        ExpressionValue[] variables =
            [ExpressionValue.Json(Encoding.UTF8.GetBytes(DocumentationTests.Blocks(Page, "json").Single()))];
        var count = 0;
        foreach (var line in DocumentationTests.Blocks(Page, "text").SelectMany(block => block.Split('\n')).Where(line => line.Length > 0))
        {
            var parts = line.Split(" → ");
            var result = Expression.Compile(parts[0], environment);
            Assert.True(result.Succeeded, $"{parts[0]}: {result.Fault}");
            var value = result.Expression.Evaluate(variables);
            Assert.Equal((parts[0], parts[1]), (parts[0], value.IsError ? "error" : Sample.Show(value).Replace('\'', '"')));
            count++;
        }

        Assert.True(count >= 25);
    }

    [Fact]
    public void The_limits_are_those_of_the_page()
    {
        var page = File.ReadAllText(Path.Combine(Walls.Repository.Root, Page));
        Assert.Contains($"| `expression.length` | {ExpressionLimits.LengthMax:N0} characters |", page, StringComparison.Ordinal);
        Assert.Contains($"| `expression.nodes` | {ExpressionLimits.NodesMax} ", page, StringComparison.Ordinal);
        Assert.Contains($"| `expression.depth` | {ExpressionLimits.DepthMax} ", page, StringComparison.Ordinal);
        Assert.Contains($"| work | {ExpressionLimits.WorkMax:N0} ", page, StringComparison.Ordinal);
    }
}
