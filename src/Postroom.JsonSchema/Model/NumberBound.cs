using System.Text;
using Postroom.JsonSchema.Text;

namespace Postroom.JsonSchema.Model;

/// <summary>A bound as the schema writes it.</summary>
internal sealed class NumberBound(ReadOnlyMemory<byte> text)
{
    public ReadOnlyMemory<byte> Text { get; } = text;

    /// <summary>The bound as a whole number of at most 18 digits, null when it is none.</summary>
    public long? Whole { get; } = DecimalText.Parse(text.Span).TryWhole(out long whole) ? whole : null;

    public override string ToString() => Encoding.ASCII.GetString(Text.Span);
}
