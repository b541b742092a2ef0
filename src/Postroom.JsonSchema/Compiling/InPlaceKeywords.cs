using Postroom.JsonSchema.Model;

namespace Postroom.JsonSchema.Compiling;

/// <summary>The keywords that give the same value to other schemas, and where those are defined.</summary>
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

    public static void Reference(SchemaCompiler compiler, SchemaNode node, SourceNode value)
    {
        if (KeywordValues.ReadText(compiler, value) is not null)
        {
            _ = Rules(node);
            compiler.Refer(node, value);
        }
    }

    public static void Definitions(SchemaCompiler compiler, SchemaNode node, SourceNode value)
    {
        if (KeywordValues.IsObject(compiler, value))
        {
            value.Children.ForEach(child => compiler.NodeAt(child));
        }
    }

    private static SchemaNode[] Branches(SchemaCompiler compiler, SourceNode value)
    {
        if (!KeywordValues.IsArray(compiler, value))
        {
            return [];
        }

        if (value.Children.Count == 0)
        {
            compiler.Error(value, $"\"{value.Key}\" must list at least one schema");
        }

        return [.. value.Children.Select(compiler.NodeAt)];
    }

    private static InPlaceRules Rules(SchemaNode node) => node.InPlace ??= new InPlaceRules();
}
