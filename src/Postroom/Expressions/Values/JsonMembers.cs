using System.Text.Json;

namespace Postroom.Expressions.Values;

/// <summary>The members of a JSON object, one after the other, as parts of its text.</summary>
internal ref struct JsonMembers
{
    private readonly ReadOnlyMemory<byte> _text;
    private Utf8JsonReader _reader;

    public JsonMembers(in ExpressionValue map)
    {
        _text = map.Bytes;
        _reader = new Utf8JsonReader(_text.Span, JsonDepth.Options);
        _reader.Read();
    }

    public static int Count(in ExpressionValue map)
    {
        var count = 0;
        var members = new JsonMembers(map);
        while (members.Next(out _, out _))
        {
            count++;
        }

        return count;
    }

    /// <param name="map">A JSON object.</param>
    /// <param name="name">In UTF-8, without escapes.</param>
    /// <param name="value">The text of the member's value.</param>
    public static bool TryFind(in ExpressionValue map, ReadOnlySpan<byte> name, out ReadOnlyMemory<byte> value)
    {
        var reader = new Utf8JsonReader(map.Bytes.Span, JsonDepth.Options);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(name);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (found)
            {
                value = map.Bytes[start..(int)reader.BytesConsumed];
                return true;
            }
        }

        value = default;
        return false;
    }

    public bool Next(out ReadOnlyMemory<byte> name, out ReadOnlyMemory<byte> value)
    {
        if (!_reader.Read() || _reader.TokenType != JsonTokenType.PropertyName)
        {
            (name, value) = (default, default);
            return false;
        }

        var start = (int)_reader.TokenStartIndex + 1;
        name = JsonReading.Text(_text.Slice(start, _reader.ValueSpan.Length));
        _reader.Read();
        start = (int)_reader.TokenStartIndex;
        _reader.Skip();
        value = _text[start..(int)_reader.BytesConsumed];
        return true;
    }
}
