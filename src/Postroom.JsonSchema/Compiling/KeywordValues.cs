using System.Text.Json;
using Postroom.JsonSchema.Loading;
using Postroom.JsonSchema.Patterns;
using Postroom.JsonSchema.Text;

namespace Postroom.JsonSchema.Compiling;

/// <summary>Reads values of keywords; null means an error was noted.</summary>
internal static class KeywordValues
{
    public static string? ReadText(SchemaCompiler compiler, SourceNode value)
    {
        if (value.Type == JsonTokenType.String)
        {
            return value.Text;
        }

        compiler.Error(value, $"\"{value.Key}\" must be a string");
        return null;
    }

    public static bool? ReadBoolean(SchemaCompiler compiler, SourceNode value)
    {
        if (value.IsBoolean)
        {
            return value.Type == JsonTokenType.True;
        }

        compiler.Error(value, $"\"{value.Key}\" must be true or false");
        return null;
    }

    /// <summary>A whole number from 0; beyond int.MaxValue it is that, which no document reaches.</summary>
    public static int? ReadCount(SchemaCompiler compiler, SourceNode value)
    {
        if (value.Type == JsonTokenType.Number)
        {
            DecimalText number = DecimalText.Parse(value.Raw.Span);
            if (number.IsWhole && !number.IsNegative)
            {
                return number.TryWhole(out long whole) ? (int)Math.Min(whole, int.MaxValue) : int.MaxValue;
            }
        }

        compiler.Error(value, $"\"{value.Key}\" must be a whole number from 0");
        return null;
    }

    public static bool IsNumber(SchemaCompiler compiler, SourceNode value)
    {
        if (value.Type == JsonTokenType.Number)
        {
            return true;
        }

        compiler.Error(value, $"\"{value.Key}\" must be a number");
        return false;
    }

    public static bool IsObject(SchemaCompiler compiler, SourceNode value)
    {
        if (value.IsObject)
        {
            return true;
        }

        compiler.Error(value, $"\"{value.Key}\" must be an object");
        return false;
    }

    public static bool IsArray(SchemaCompiler compiler, SourceNode value)
    {
        if (value.IsArray)
        {
            return true;
        }

        compiler.Error(value, $"\"{value.Key}\" must be an array");
        return false;
    }

    /// <summary>For an array of schemas.</summary>
    public static bool IsNotEmpty(SchemaCompiler compiler, SourceNode value)
    {
        if (value.Children.Count > 0)
        {
            return true;
        }

        compiler.Error(value, $"\"{value.Key}\" must list at least one schema");
        return false;
    }

    /// <summary>Names of properties, none of them twice.</summary>
    public static IReadOnlyList<string> ReadNames(SchemaCompiler compiler, SourceNode value)
    {
        var names = new List<string>();
        foreach (SourceNode name in IsArray(compiler, value) ? value.Children : [])
        {
            if (ReadText(compiler, name) is { } text)
            {
                names.Add(text);
            }
        }

        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in names)
        {
            if (!known.Add(name))
            {
                compiler.Error(value.Children[names.LastIndexOf(name)], $"\"{value.Key}\" names \"{name}\" twice");
            }
        }

        return [.. known];
    }

    /// <summary>A regular expression that is matched in time linear in the text.</summary>
    public static LinearPattern? ReadPattern(SchemaCompiler compiler, SourceNode at, string pattern)
    {
        if (compiler.Patterns.TryGetValue(pattern, out LinearPattern? known))
        {
            return known;
        }

        try
        {
            LinearPattern compiled = LinearPattern.Compile(pattern);
            compiler.Patterns.Add(pattern, compiled);
            return compiled;
        }
        catch (NotSupportedException fault)
        {
            compiler.Error(at, $"the pattern {pattern} cannot be matched in linear time: {fault.Message}");
        }
        catch (ArgumentException fault)
        {
            compiler.Error(at, $"the pattern {pattern} is not a regular expression: {fault.Message}");
        }

        return null;
    }
}
