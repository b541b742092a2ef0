using Postroom.JsonSchema.Loading;
using Postroom.JsonSchema.Model;

namespace Postroom.JsonSchema.Compiling;

/// <summary>Keywords without a say in what is accepted.</summary>
internal static class AnnotationKeywords
{
    public static void Title(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        node.Annotations = node.Annotations with { Title = KeywordValues.ReadText(compiler, value) };

    public static void Description(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        node.Annotations = node.Annotations with { Description = KeywordValues.ReadText(compiler, value) };

    public static void Default(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        node.Annotations = node.Annotations with { Default = value.Raw };

    public static void Examples(SchemaCompiler compiler, SchemaNode node, SourceNode value)
    {
        if (KeywordValues.IsArray(compiler, value))
        {
            node.Annotations = node.Annotations with { Examples = value.Raw };
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

    public static void ContentSchema(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        node.Annotations = node.Annotations with { ContentSchema = compiler.NodeAt(value) };

    /// <summary>A keyword of the user's own.</summary>
    public static void Extension(SchemaCompiler compiler, SchemaNode node, SourceNode value)
    {
        if (node.Annotations.Extensions is null)
        {
            node.Annotations = node.Annotations with { Extensions = new(StringComparer.Ordinal) };
        }

        node.Annotations.Extensions![value.Key] = value.Raw;
        if (value.Key == "x-message")
        {
            ReadMessages(compiler, node, value);
        }
    }

    /// <summary>One sentence for all faults of the schema, or sentences by code or keyword.</summary>
    private static void ReadMessages(SchemaCompiler compiler, SchemaNode node, SourceNode value)
    {
        var messages = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (SourceNode message in value.IsObject ? value.Children : [value])
        {
            if (KeywordValues.ReadText(compiler, message) is { } text)
            {
                messages[value.IsObject ? message.Key : ""] = text;
            }
        }

        node.Annotations = node.Annotations with { Messages = messages };
    }
}
