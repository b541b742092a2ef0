using System.Globalization;
using System.Text.Json;
using Postroom.JsonSchema.Text;

namespace Postroom.JsonSchema.Walking;

/// <summary>
/// Turns offsets into RFC 6901 pointers by going once more over a document that had faults; a valid document never
/// pays for paths.
/// </summary>
internal static class FaultPointers
{
    /// <summary>Appends the faults to <paramref name="faults"/> in the order of the document.</summary>
    public static void Resolve(
        ReadOnlySpan<byte> json, List<PendingFault> pending, int depthMax, List<SchemaFault> faults)
    {
        PendingFault[] ordered = [.. pending.OrderBy(fault => fault.Offset)];
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = depthMax });
        var path = new List<Step>();
        int next = 0;
        while (next < ordered.Length && reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                path.RemoveAt(path.Count - 1);
                continue;
            }

            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                int name = (int)reader.TokenStartIndex + 1;
                path[^1] = path[^1] with { Name = name, NameLength = reader.ValueSpan.Length };
                next = Add(json, ordered, next, (int)reader.TokenStartIndex, path, faults);
                continue;
            }

            if (path.Count > 0)
            {
                path[^1] = path[^1] with { Index = path[^1].Index + 1 };
            }

            next = Add(json, ordered, next, (int)reader.TokenStartIndex, path, faults);
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                path.Add(new Step(reader.TokenType == JsonTokenType.StartArray, -1, 0, 0));
            }
        }
    }

    /// <summary>Finishes the faults at one offset; gives the first one behind them.</summary>
    private static int Add(
        ReadOnlySpan<byte> json, PendingFault[] ordered, int next, int offset, List<Step> path,
        List<SchemaFault> faults)
    {
        for (; next < ordered.Length && ordered[next].Offset == offset; next++)
        {
            faults.Add(Finish(ordered[next], Pointer(json, path)));
        }

        return next;
    }

    private static SchemaFault Finish(in PendingFault fault, string pointer)
    {
        pointer = fault.Missing is null ? pointer : PointerText.Append(pointer, fault.Missing);
        string schema = fault.Keyword.Length == 0
            ? fault.Node.Pointer
            : PointerText.Append(fault.Node.Pointer, fault.Keyword);
        return new SchemaFault(pointer, schema, fault.Keyword, fault.Code, fault.Message);
    }

    private static string Pointer(ReadOnlySpan<byte> json, List<Step> path)
    {
        var pointer = new System.Text.StringBuilder();
        foreach (Step step in path)
        {
            string token = step.IsArray
                ? step.Index.ToString(CultureInfo.InvariantCulture)
                : PointerText.Escape(JsonString.ToText(json.Slice(step.Name, step.NameLength)));
            pointer.Append('/').Append(token);
        }

        return pointer.ToString();
    }

    private readonly record struct Step(bool IsArray, int Index, int Name, int NameLength);
}
