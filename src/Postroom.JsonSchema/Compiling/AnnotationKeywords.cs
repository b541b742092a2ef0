using Postroom.JsonSchema.Model;

namespace Postroom.JsonSchema.Compiling;

/// <summary>Keywords without a say in what is accepted.</summary>
internal static class AnnotationKeywords
{
    private const string Draft202012 = "https://json-schema.org/draft/2020-12/schema";

    public static void Dialect(SchemaCompiler compiler, SchemaNode node, SourceNode value)
    {
        string? dialect = KeywordValues.ReadText(compiler, value);
        if (dialect is not null && dialect.TrimEnd('#') != Draft202012)
        {
            compiler.Error(value, $"the schema is of {dialect}; only {Draft202012} is understood");
        }
    }

    public static void Identifier(SchemaCompiler compiler, SchemaNode node, SourceNode value)
    {
        // JSON Schema Core, section 8.2.1: a URI reference without a (non-empty) fragment.
        string? identifier = KeywordValues.ReadText(compiler, value);
        if (identifier is not null && identifier.TrimEnd('#').Contains('#', StringComparison.Ordinal))
        {
            compiler.Error(value, "\"$id\" must have no fragment");
        }
    }

    public static void Comment(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        KeywordValues.ReadText(compiler, value);

    public static void Title(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        node.Annotations = node.Annotations with { Title = KeywordValues.ReadText(compiler, value) };

    public static void Description(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        node.Annotations = node.Annotations with { Description = KeywordValues.ReadText(compiler, value) };

    public static void Default(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        node.Annotations = node.Annotations with { Default = compiler.Raw(value) };

    public static void Examples(SchemaCompiler compiler, SchemaNode node, SourceNode value)
    {
        if (KeywordValues.IsArray(compiler, value))
        {
            node.Annotations = node.Annotations with { Examples = compiler.Raw(value) };
        }
    }

    public static void Deprecated(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        node.Annotations = node.Annotations with { Deprecated = KeywordValues.ReadBoolean(compiler, value) ?? false };

    public static void ReadOnly(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        node.Annotations = node.Annotations with { ReadOnly = KeywordValues.ReadBoolean(compiler, value) ?? false };

    public static void WriteOnly(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        node.Annotations = node.Annotations with { WriteOnly = KeywordValues.ReadBoolean(compiler, value) ?? false };

    // JSON Schema Validation, section 8.1: what a string holds is told, never judged.
    public static void ContentMediaType(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        node.Annotations = node.Annotations with { ContentMediaType = KeywordValues.ReadText(compiler, value) };

    public static void ContentEncoding(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        node.Annotations = node.Annotations with { ContentEncoding = KeywordValues.ReadText(compiler, value) };

    /// <summary>A keyword of the user's own.</summary>
    public static void Extension(SchemaCompiler compiler, SchemaNode node, SourceNode value)
    {
        if (node.Annotations.Extensions is null)
        {
            node.Annotations = node.Annotations with { Extensions = new(StringComparer.Ordinal) };
        }

        node.Annotations.Extensions![value.Key] = compiler.Raw(value);
    }
}
