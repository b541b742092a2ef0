using Postroom.JsonSchema.Loading;
using Postroom.JsonSchema.Model;

namespace Postroom.JsonSchema.Compiling;

/// <summary>The keywords that say what a schema is and is called. What they mean, the index has read before.</summary>
internal static class IdentityKeywords
{
    public static void Text(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        KeywordValues.ReadText(compiler, value);

    public static void Boolean(SchemaCompiler compiler, SchemaNode node, SourceNode value) =>
        KeywordValues.ReadBoolean(compiler, value);

    public static void Anchor(SchemaCompiler compiler, SchemaNode node, SourceNode value)
    {
        if (KeywordValues.ReadText(compiler, value) is { } name && !IsAnchor(name))
        {
            compiler.Error(value, $"\"{value.Key}\" must begin with a letter or _ and go on with letters, digits, "
                + "-, _ and .");
        }
    }

    public static void Vocabulary(SchemaCompiler compiler, SchemaNode node, SourceNode value)
    {
        if (KeywordValues.IsObject(compiler, value))
        {
            value.Children.ForEach(needed => KeywordValues.ReadBoolean(compiler, needed));
        }
    }

    /// <summary>JSON Schema Core, section 8.2.2: <c>^[A-Za-z_][-A-Za-z0-9._]*$</c>.</summary>
    private static bool IsAnchor(string name) =>
        name.Length > 0 && (char.IsAsciiLetter(name[0]) || name[0] == '_')
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_');
}
