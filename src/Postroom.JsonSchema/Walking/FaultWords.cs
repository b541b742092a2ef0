using System.Text;
using Postroom.JsonSchema.Text;

namespace Postroom.JsonSchema.Walking;

/// <summary>Types and values in plain words.</summary>
internal static class FaultWords
{
    private const int ShownBytesMax = 40;

    private static readonly (SchemaTypes Type, string Words)[] Names =
    [
        (SchemaTypes.Object, "an object"),
        (SchemaTypes.Array, "an array"),
        (SchemaTypes.String, "a string"),
        (SchemaTypes.Number, "a number"),
        (SchemaTypes.Integer, "a whole number"),
        (SchemaTypes.Boolean, "true or false"),
        (SchemaTypes.Null, "null"),
    ];

    /// <summary>"a string", "a string or null", "an object, a string or null".</summary>
    public static string List(SchemaTypes types)
    {
        var words = new List<string>();
        foreach ((SchemaTypes type, string name) in Names)
        {
            if ((types & type) == type)
            {
                words.Add(name);
                types &= ~type;
            }
        }

        return words.Count switch
        {
            0 => "absent",
            1 => words[0],
            _ => string.Join(", ", words.SkipLast(1)) + " or " + words[^1],
        };
    }

    /// <summary>What a value is; <paramref name="json"/> begins with it.</summary>
    public static string Describe(SchemaTypes type, ReadOnlySpan<byte> json) => type switch
    {
        SchemaTypes.Object => "an object",
        SchemaTypes.Array => "an array",
        SchemaTypes.String => "a string",
        SchemaTypes.Number => $"the number {Cut(json[..VerifiedJson.ValueEnd(json, 0)])}",
        SchemaTypes.Boolean => json[0] == (byte)'t' ? "true" : "false",
        _ => "null",
    };

    /// <summary>A number's text, cut when it is long.</summary>
    public static string Cut(ReadOnlySpan<byte> number) => number.Length <= ShownBytesMax
        ? Encoding.ASCII.GetString(number)
        : Encoding.ASCII.GetString(number[..ShownBytesMax]) + "…";
}
