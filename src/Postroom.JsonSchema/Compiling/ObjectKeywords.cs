using Postroom.JsonSchema.Loading;
using Postroom.JsonSchema.Model;

namespace Postroom.JsonSchema.Compiling;

/// <summary>The keywords for objects.</summary>
internal static class ObjectKeywords
{
    public static void Properties(SchemaCompiler compiler, SchemaNode node, SourceNode value)
    {
        if (KeywordValues.IsObject(compiler, value))
        {
            Rules(node).Declared.AddRange(value.Children.Select(child => (child.Key, compiler.NodeAt(child))));
        }
    }

    public static void Required(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        Rules(node).Required.UnionWith(KeywordValues.ReadNames(compiler, value));

    public static void DependentRequired(SchemaCompiler compiler, SchemaNode node, SourceNode value)
    {
        if (KeywordValues.IsObject(compiler, value))
        {
            value.Children.ForEach(dependency => RequireWith(compiler, node, dependency, value.Key));
        }
    }

    public static void DependentSchemas(SchemaCompiler compiler, SchemaNode node, SourceNode value)
    {
        if (KeywordValues.IsObject(compiler, value))
        {
            value.Children.ForEach(dependency => JudgeWith(compiler, node, dependency, value.Key));
        }
    }

    /// <summary>An object that has the property must have others.</summary>
    public static void RequireWith(SchemaCompiler compiler, SchemaNode node, SourceNode dependency, string keyword) =>
        Rules(node).DeclaredDependents.Add(
            new Dependent(dependency.Key, keyword, KeywordValues.ReadNames(compiler, dependency), null));

    /// <summary>An object that has the property is judged by one more schema.</summary>
    public static void JudgeWith(SchemaCompiler compiler, SchemaNode node, SourceNode dependency, string keyword) =>
        Rules(node).DeclaredDependents.Add(new Dependent(dependency.Key, keyword, [], compiler.NodeAt(dependency)));

    public static void PropertyNames(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        Rules(node).DeclaredPropertyNames = compiler.NodeAt(value);

    public static void UnevaluatedProperties(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        Rules(node).DeclaredUnevaluated = compiler.NodeAt(value);

    public static void AdditionalProperties(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        Rules(node).DeclaredAdditional = compiler.NodeAt(value);

    public static void PatternProperties(SchemaCompiler compiler, SchemaNode node, SourceNode value)
    {
        if (!KeywordValues.IsObject(compiler, value))
        {
            return;
        }

        var patterns = new List<PatternProperty>();
        foreach (SourceNode child in value.Children)
        {
            SchemaNode schema = compiler.NodeAt(child);
            if (KeywordValues.ReadPattern(compiler, child, child.Key) is { } pattern)
            {
                patterns.Add(new PatternProperty(pattern, child.Key, schema));
            }
        }

        Rules(node).DeclaredPatterns = [.. patterns];
    }

    public static void MinProperties(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        Rules(node).CountMin = KeywordValues.ReadCount(compiler, value) ?? 0;

    public static void MaxProperties(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        Rules(node).CountMax = KeywordValues.ReadCount(compiler, value) ?? long.MaxValue;

    private static ObjectRules Rules(SchemaNode node) => node.Objects ??= new ObjectRules();
}
