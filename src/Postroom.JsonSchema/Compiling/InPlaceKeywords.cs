using Postroom.JsonSchema.Loading;
using Postroom.JsonSchema.Model;

namespace Postroom.JsonSchema.Compiling;

/// <summary>The keywords that give the same value to other schemas.</summary>
internal static class InPlaceKeywords
{
    public static void AllOf(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        Rules(node).AllOf = Branches(compiler, value);

    public static void AnyOf(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        Rules(node).AnyOf = Branches(compiler, value);

    public static void OneOf(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        Rules(node).OneOf = Branches(compiler, value);

    public static void Not(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        Rules(node).Not = compiler.NodeAt(value);

    public static void If(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        Rules(node).If = compiler.NodeAt(value);

    // JSON Schema Core, section 10.2.2.2: without "if" these two have no effect.
    public static void Then(SchemaCompiler compiler, SchemaNode node, SourceNode value)
    {
        SchemaNode schema = compiler.NodeAt(value);
        if (value.Parent!.Child("if") is not null)
        {
            Rules(node).Then = schema;
        }
    }

    public static void Else(SchemaCompiler compiler, SchemaNode node, SourceNode value)
    {
        SchemaNode schema = compiler.NodeAt(value);
        if (value.Parent!.Child("if") is not null)
        {
            Rules(node).Else = schema;
        }
    }

    private static SchemaNode[] Branches(SchemaCompiler compiler, SourceNode value)
    {
        if (!KeywordValues.IsArray(compiler, value))
        {
            return [];
        }

        KeywordValues.IsNotEmpty(compiler, value);
        return [.. value.Children.Select(compiler.NodeAt)];
    }

    private static InPlaceRules Rules(SchemaNode node) => node.InPlace ??= new InPlaceRules();
}
