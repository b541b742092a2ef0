using Postroom.JsonSchema.Loading;
using Postroom.JsonSchema.Model;

namespace Postroom.JsonSchema.Compiling;

/// <summary>The keywords for numbers.</summary>
internal static class NumberKeywords
{
    public static void Minimum(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        Rules(node).Minimum = Bound(compiler, value);

    public static void Maximum(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        Rules(node).Maximum = Bound(compiler, value);

    public static void ExclusiveMinimum(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        Rules(node).ExclusiveMinimum = Bound(compiler, value);

    public static void ExclusiveMaximum(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        Rules(node).ExclusiveMaximum = Bound(compiler, value);

    public static void MultipleOf(SchemaCompiler compiler, SchemaNode node, SourceNode value)
    {
        if (!KeywordValues.IsNumber(compiler, value))
        {
            return;
        }

        Rules(node).MultipleOf = MultipleRule.TryCreate(value.Raw.Span);
        if (Rules(node).MultipleOf is null)
        {
            compiler.Error(value, "\"multipleOf\" must be above 0 with at most 1000 significant digits");
        }
    }

    private static NumberBound? Bound(SchemaCompiler compiler, SourceNode value) =>
        KeywordValues.IsNumber(compiler, value) ? new NumberBound(value.Raw) : null;

    private static NumberRules Rules(SchemaNode node) => node.Numbers ??= new NumberRules();
}
