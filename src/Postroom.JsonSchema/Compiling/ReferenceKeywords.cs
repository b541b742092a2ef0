using Postroom.JsonSchema.Loading;
using Postroom.JsonSchema.Model;

namespace Postroom.JsonSchema.Compiling;

/// <summary>The keywords that lead to other schemas, and where those are defined.</summary>
internal static class ReferenceKeywords
{
    public static void Reference(SchemaCompiler compiler, SchemaNode node, SourceNode value)
    {
        if (KeywordValues.ReadText(compiler, value) is not null)
        {
            Rules(node).Reference = compiler.Follow(value, isDynamic: false);
        }
    }

    public static void DynamicReference(SchemaCompiler compiler, SchemaNode node, SourceNode value)
    {
        if (KeywordValues.ReadText(compiler, value) is not null)
        {
            Rules(node).DynamicReference = compiler.Follow(value, isDynamic: true);
        }
    }

    /// <summary>2019-09 Core, section 8.2.4.2.1: the value is always "#".</summary>
    public static void RecursiveReference(SchemaCompiler compiler, SchemaNode node, SourceNode value)
    {
        if (KeywordValues.ReadText(compiler, value) == "#")
        {
            Rules(node).DynamicReference = compiler.Follow(value, isDynamic: true);
        }
        else if (value.IsString)
        {
            compiler.Error(value, "\"$recursiveRef\" must be \"#\"");
        }
    }

    public static void Definitions(SchemaCompiler compiler, SchemaNode node, SourceNode value)
    {
        if (KeywordValues.IsObject(compiler, value))
        {
            value.Children.ForEach(child => compiler.NodeAt(child));
        }
    }

    private static InPlaceRules Rules(SchemaNode node) => node.InPlace ??= new InPlaceRules();
}
