using System.Text.Json;
using Postroom.JsonSchema.Loading;
using Postroom.JsonSchema.Model;

namespace Postroom.JsonSchema.Compiling;

/// <summary><c>type</c>, <c>enum</c> and <c>const</c>.</summary>
internal static class ValueKeywords
{
    private static readonly Dictionary<string, SchemaTypes> TypeNames = new(StringComparer.Ordinal)
    {
        ["null"] = SchemaTypes.Null,
        ["boolean"] = SchemaTypes.Boolean,
        ["integer"] = SchemaTypes.Integer,
        ["number"] = SchemaTypes.Number,
        ["string"] = SchemaTypes.String,
        ["array"] = SchemaTypes.Array,
        ["object"] = SchemaTypes.Object,
    };

    public static void Type(SchemaCompiler compiler, SchemaNode node, SourceNode value)
    {
        if (value.IsArray && value.Children.Count == 0)
        {
            compiler.Error(value, "\"type\" must name at least one type");
            return;
        }

        node.Types = SchemaTypes.None;
        foreach (SourceNode name in value.IsArray ? value.Children : [value])
        {
            node.Types |= ReadType(compiler, name);
        }
    }

    public static void Enum(SchemaCompiler compiler, SchemaNode node, SourceNode value)
    {
        if (!KeywordValues.IsArray(compiler, value))
        {
            return;
        }

        Rules(node).Enum = new ValueSet([.. value.Children.Select(child => child.Raw)]);
    }

    public static void Const(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        Rules(node).Const = new ValueSet([value.Raw]);

    private static SchemaTypes ReadType(SchemaCompiler compiler, SourceNode name)
    {
        string text = name.Type == JsonTokenType.String ? name.Text : "";
        if (TypeNames.TryGetValue(text, out SchemaTypes type))
        {
            return type;
        }

        string? near = Spelling.Nearest(text, TypeNames.Keys);
        string hint = near is null ? "" : $"; did you mean \"{near}\"?";
        compiler.Error(name, $"a type must be one of {string.Join(", ", TypeNames.Keys)}{hint}");
        return SchemaTypes.None;
    }

    private static ValueRules Rules(SchemaNode node) => node.Values ??= new ValueRules();
}
