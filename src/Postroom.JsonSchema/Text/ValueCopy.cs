using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Postroom.JsonSchema.Text;

/// <summary>The text of a value that did not come as one, in memory that is used again.</summary>
internal sealed class ValueCopy
{
    private const int KeptBytesMax = 64 * 1024;

    private static readonly JsonWriterOptions Plainly = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private ArrayBufferWriter<byte> _text = new();
    private Utf8JsonWriter? _writer;
    private byte _last;

    public ReadOnlySpan<byte> Text => _text.WrittenSpan;

    public void Write(JsonNode? node)
    {
        Clear();
        if (node is null)
        {
            Append("null"u8);
            return;
        }

        _writer ??= new Utf8JsonWriter(_text, Plainly);
        _writer.Reset(_text);
        node.WriteTo(_writer);
        _writer.Flush();
    }

    public void Read(ref Utf8JsonReader reader)
    {
        Clear();
        if (reader.TokenType is JsonTokenType.None or JsonTokenType.PropertyName or JsonTokenType.Comment)
        {
            Next(ref reader);
        }

        int depth = reader.CurrentDepth;
        Append(ref reader);
        bool isOpen = reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject;
        while (isOpen)
        {
            Next(ref reader);
            Append(ref reader);
            isOpen = reader.CurrentDepth > depth;
        }
    }

    private static void Next(ref Utf8JsonReader reader)
    {
        do
        {
            if (!reader.Read())
            {
                throw new JsonException("The reader ends before the value does.");
            }
        }
        while (reader.TokenType == JsonTokenType.Comment);
    }

    private void Append(ref Utf8JsonReader reader)
    {
        bool isEnd = reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject;
        if (!isEnd && _last is not (0 or (byte)'[' or (byte)'{' or (byte)':'))
        {
            Append(","u8);
        }

        bool isText = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName;
        Append(isText ? "\""u8 : default);
        if (reader.HasValueSequence)
        {
            foreach (ReadOnlyMemory<byte> part in reader.ValueSequence)
            {
                Append(part.Span);
            }
        }
        else
        {
            Append(reader.ValueSpan);
        }

        Append(reader.TokenType == JsonTokenType.PropertyName ? "\":"u8 : isText ? "\""u8 : default);
    }

    private void Append(ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty)
        {
            _text.Write(text);
            _last = text[^1];
        }
    }

    private void Clear()
    {
        _last = 0;
        if (_text.Capacity > KeptBytesMax)
        {
            (_text, _writer) = (new ArrayBufferWriter<byte>(), null);
        }

        _text.ResetWrittenCount();
    }
}
