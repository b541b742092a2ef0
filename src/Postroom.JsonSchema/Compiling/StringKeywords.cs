using Postroom.JsonSchema.Formats;
using Postroom.JsonSchema.Loading;
using Postroom.JsonSchema.Model;

namespace Postroom.JsonSchema.Compiling;

/// <summary>The keywords for strings.</summary>
internal static class StringKeywords
{
    public static void MinLength(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        Rules(node).LengthMin = KeywordValues.ReadCount(compiler, value) ?? 0;

    public static void MaxLength(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        Rules(node).LengthMax = KeywordValues.ReadCount(compiler, value) ?? long.MaxValue;

    public static void Pattern(SchemaCompiler compiler, SchemaNode node, SourceNode value)
    {
        if (KeywordValues.ReadText(compiler, value) is { } pattern)
        {
            Rules(node).Pattern = KeywordValues.ReadPattern(compiler, value, pattern);
            Rules(node).PatternText = pattern;
        }
    }

    public static void Format(SchemaCompiler compiler, SchemaNode node, SourceNode value)
    {
        if (KeywordValues.ReadText(compiler, value) is not { } name)
        {
            return;
        }

        node.Annotations = node.Annotations with { Format = name };
        if (!compiler.Options.AssertFormats && !compiler.Dialect.AssertsFormats)
        {
            return;
        }

        if (KnownFormats.ByName.TryGetValue(name, out StringFormat? format))
        {
            Rules(node).Format = format;
            return;
        }

        if (compiler.Options.IgnoreUnknown)
        {
            return;
        }

        // A format that is asserted but unknown would let everything through in silence.
        string? near = Spelling.Nearest(name, KnownFormats.ByName.Keys);
        string hint = near is null ? "" : $"; did you mean \"{near}\"?";
        compiler.Error(value, $"the format \"{name}\" is not known{hint}");
    }

    private static StringRules Rules(SchemaNode node) => node.Strings ??= new StringRules();
}
