using System.Buffers;
using System.Text.Json;
using Postroom.Storage;

namespace Postroom.Sqlite.Traces;

/// <summary>Stages as text that a person can read: <c>{"receiving":12,"parsing":30}</c> in microseconds.</summary>
internal static class TraceStages
{
    public static ReadOnlySpan<byte> Format(IReadOnlyList<StageTime> stages)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        foreach (var stage in stages)
        {
            writer.WriteNumber(stage.Stage, stage.Microseconds);
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan;
    }

    public static IReadOnlyList<StageTime> Parse(ReadOnlySpan<byte> text)
    {
        var stages = new List<StageTime>();
        var reader = new Utf8JsonReader(text);
        var name = string.Empty;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                name = reader.GetString()!;
            }
            else if (reader.TokenType == JsonTokenType.Number)
            {
                stages.Add(new StageTime(name, reader.GetInt64()));
            }
        }

        return stages;
    }
}
