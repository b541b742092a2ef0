using Postroom.JsonSchema.Loading;
using Postroom.JsonSchema.Model;

namespace Postroom.JsonSchema.Compiling;

/// <summary>The keywords for arrays.</summary>
internal static class ArrayKeywords
{
    public static void Items(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        Rules(node).DeclaredItems = compiler.NodeAt(value);

    public static void PrefixItems(SchemaCompiler compiler, SchemaNode node, SourceNode value)
    {
        if (KeywordValues.IsArray(compiler, value))
        {
            Rules(node).PrefixKeyword = value.Key;
            Rules(node).DeclaredPrefix = [.. value.Children.Select(compiler.NodeAt)];
            KeywordValues.IsNotEmpty(compiler, value);
        }
    }

    public static void MinItems(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        Rules(node).CountMin = KeywordValues.ReadCount(compiler, value) ?? 0;

    public static void MaxItems(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        Rules(node).CountMax = KeywordValues.ReadCount(compiler, value) ?? long.MaxValue;

    public static void UniqueItems(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        Rules(node).Unique = KeywordValues.ReadBoolean(compiler, value) ?? false;

    public static void Contains(SchemaCompiler compiler, SchemaNode node, SourceNode value)
    {
        Rules(node).DeclaredContains = compiler.NodeAt(value);
        Rules(node).ContainsEvaluates = compiler.Dialect.ContainsEvaluates;
    }

    public static void MinContains(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        Rules(node).ContainsMin = KeywordValues.ReadCount(compiler, value) ?? 1;

    public static void MaxContains(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        Rules(node).ContainsMax = KeywordValues.ReadCount(compiler, value) ?? long.MaxValue;

    public static void UnevaluatedItems(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        Rules(node).DeclaredUnevaluated = compiler.NodeAt(value);

    private static ArrayRules Rules(SchemaNode node) => node.Arrays ??= new ArrayRules();
}
