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

    public static void Required(SchemaCompiler compiler, SchemaNode node, SourceNode value)
    {
        if (!KeywordValues.IsArray(compiler, value))
        {
            return;
        }

        foreach (SourceNode name in value.Children)
        {
            if (KeywordValues.ReadText(compiler, name) is not { } text)
            {
                continue;
            }

            if (!Rules(node).Required.Add(text))
            {
                compiler.Error(name, $"\"required\" names \"{text}\" twice");
            }
        }
    }

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

        Rules(node).Patterns = [.. patterns];
    }

    public static void MinProperties(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        Rules(node).CountMin = KeywordValues.ReadCount(compiler, value) ?? 0;

    public static void MaxProperties(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        Rules(node).CountMax = KeywordValues.ReadCount(compiler, value) ?? long.MaxValue;

    private static ObjectRules Rules(SchemaNode node) => node.Objects ??= new ObjectRules();
}
