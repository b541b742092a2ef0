using Postroom.JsonSchema.Loading;
using Postroom.JsonSchema.Model;

namespace Postroom.JsonSchema.Compiling;

/// <summary>Keywords of draft 7 and 2019-09 that 2020-12 replaced.</summary>
internal static class LegacyKeywords
{
    /// <summary>2019-09 Core, section 9.3.1.1: one schema for all items, or one for each of the first.</summary>
    public static void Items(SchemaCompiler compiler, SchemaNode node, SourceNode value)
    {
        if (value.IsArray)
        {
            ArrayKeywords.PrefixItems(compiler, node, value);
        }
        else
        {
            ArrayKeywords.Items(compiler, node, value);
        }
    }

    /// <summary>Section 9.3.1.2: without an array under <c>items</c> it has no effect.</summary>
    public static void AdditionalItems(SchemaCompiler compiler, SchemaNode node, SourceNode value)
    {
        SchemaNode schema = compiler.NodeAt(value);
        if (value.Parent!.Child("items") is { IsArray: true })
        {
            ArrayRules rules = node.Arrays ??= new ArrayRules();
            rules.DeclaredItems = schema;
            rules.ItemsKeyword = value.Key;
        }
    }

    /// <summary>Draft 7 Validation, section 6.5.7: <c>dependentRequired</c> and <c>dependentSchemas</c> in one.
    /// </summary>
    public static void Dependencies(SchemaCompiler compiler, SchemaNode node, SourceNode value)
    {
        if (!KeywordValues.IsObject(compiler, value))
        {
            return;
        }

        foreach (SourceNode dependency in value.Children)
        {
            if (dependency.IsArray)
            {
                ObjectKeywords.RequireWith(compiler, node, dependency, value.Key);
            }
            else
            {
                ObjectKeywords.JudgeWith(compiler, node, dependency, value.Key);
            }
        }
    }
}
