using System.Text.Json;
using System.Text.RegularExpressions;
using Postroom.JsonSchema.Text;

namespace Postroom.JsonSchema.Compiling;

/// <summary>Reads values of keywords; null means an error was noted.</summary>
internal static class KeywordValues
{
    public static string? ReadText(SchemaCompiler compiler, SourceNode value)
    {
        if (value.Type == JsonTokenType.String)
        {
            return compiler.Text(value);
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
            DecimalText number = DecimalText.Parse(compiler.Raw(value).Span);
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

    /// <summary>A regular expression that is matched in time linear in the text.</summary>
    public static Regex? ReadPattern(SchemaCompiler compiler, SourceNode at, string pattern)
    {
        try
        {
            return EcmaPattern.Compile(pattern);
        }
        catch (NotSupportedException)
        {
            compiler.Error(at, $"the pattern {pattern} cannot be matched in linear time: it must do without "
                + "lookaround, back-references and atomic groups");
        }
        catch (ArgumentException fault)
        {
            compiler.Error(at, $"the pattern {pattern} is not a regular expression: {fault.Message}");
        }

        return null;
    }
}
