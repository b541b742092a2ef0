using System.Text;
using Postroom.JsonSchema.Text;

namespace Postroom.JsonSchema.Model;

/// <summary>The values of an <c>enum</c> or <c>const</c>, sorted by kind so that few are compared.</summary>
internal sealed class ValueSet
{
    private readonly NameTable _strings;
    private readonly ReadOnlyMemory<byte>[] _others;

    public ValueSet(IReadOnlyList<ReadOnlyMemory<byte>> values)
    {
        Values = values;
        _strings = new NameTable([.. values.Where(IsString).Select(ContentOf).Distinct()]);
        _others = [.. values.Where(value => !IsString(value))];
        Types = values.Aggregate(SchemaTypes.None, (types, value) => types | TypeOf(value.Span));
    }

    /// <summary>Raw JSON texts, as the schema writes them.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Values { get; }

    /// <summary>The types that occur.</summary>
    public SchemaTypes Types { get; }

    /// <summary>The content must be without escapes.</summary>
    public bool HasString(ReadOnlySpan<byte> content) => _strings.Find(content) >= 0;

    /// <summary>For values that are not strings, as raw JSON text.</summary>
    public bool HasOther(ReadOnlySpan<byte> value)
    {
        foreach (ReadOnlyMemory<byte> other in _others)
        {
            if (JsonText.ValueEquals(value, other.Span))
            {
                return true;
            }
        }

        return false;
    }

    private static SchemaTypes TypeOf(ReadOnlySpan<byte> value) => value[0] switch
    {
        (byte)'"' => SchemaTypes.String,
        (byte)'{' => SchemaTypes.Object,
        (byte)'[' => SchemaTypes.Array,
        (byte)'t' or (byte)'f' => SchemaTypes.Boolean,
        (byte)'n' => SchemaTypes.Null,
        _ => DecimalText.Parse(value).IsWhole ? SchemaTypes.Integer : SchemaTypes.Number,
    };

    private static bool IsString(ReadOnlyMemory<byte> value) => value.Span[0] == (byte)'"';

    private static string ContentOf(ReadOnlyMemory<byte> value) => JsonString.ToText(value.Span[1..^1]);
}
