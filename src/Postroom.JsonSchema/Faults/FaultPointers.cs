using System.Globalization;
using System.Text.Json;
using Postroom.JsonSchema.Text;

namespace Postroom.JsonSchema.Faults;

/// <summary>
/// Turns offsets into RFC 6901 pointers by going once more over a document that had faults; a valid document never
/// pays for paths.
/// </summary>
internal ref struct FaultPointers(ReadOnlySpan<byte> json, PendingFault[] ordered, Action<PendingFault, string> add)
{
    private readonly ReadOnlySpan<byte> _json = json;
    private readonly List<Step> _path = [];
    private int _next;

    /// <summary>Gives each fault with its pointer, in the order of the document.</summary>
    public static void Resolve(
        ReadOnlySpan<byte> json, List<PendingFault> pending, int depthMax, Action<PendingFault, string> add) =>
        new FaultPointers(json, [.. pending.OrderBy(fault => fault.Offset)], add).Resolve(depthMax);

    private void Resolve(int depthMax)
    {
        var reader = new Utf8JsonReader(_json, new JsonReaderOptions { MaxDepth = depthMax });
        while (_next < ordered.Length && reader.Read())
        {
            int offset = (int)reader.TokenStartIndex;
            switch (reader.TokenType)
            {
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    _path.RemoveAt(_path.Count - 1);
                    break;
                case JsonTokenType.PropertyName:
                    _path[^1] = _path[^1] with { Name = offset + 1, NameLength = reader.ValueSpan.Length };
                    AddAt(offset);
                    break;
                default:
                    if (_path.Count > 0)
                    {
                        _path[^1] = _path[^1] with { Index = _path[^1].Index + 1 };
                    }

                    AddAt(offset);
                    if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    {
                        _path.Add(new Step(reader.TokenType == JsonTokenType.StartArray, -1, 0, 0));
                    }

                    break;
            }
        }
    }

    private void AddAt(int offset)
    {
        for (; _next < ordered.Length && ordered[_next].Offset == offset; _next++)
        {
            string pointer = Pointer();
            add(ordered[_next], ordered[_next].Missing is { } missing ? PointerText.Append(pointer, missing) : pointer);
        }
    }

    private readonly string Pointer()
    {
        var pointer = new System.Text.StringBuilder();
        foreach (Step step in _path)
        {
            string token = step.IsArray
                ? step.Index.ToString(CultureInfo.InvariantCulture)
                : PointerText.Escape(JsonString.ToText(_json.Slice(step.Name, step.NameLength)));
            pointer.Append('/').Append(token);
        }

        return pointer.ToString();
    }

    private readonly record struct Step(bool IsArray, int Index, int Name, int NameLength);
}
