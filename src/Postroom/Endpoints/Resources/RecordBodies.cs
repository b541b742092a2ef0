using System.Buffers;
using System.Text.Json;
using Postroom.Answers;
using Postroom.Exchange;
using Postroom.Exchange.Records;
using Postroom.Plans;
using Postroom.Storage;
using Postroom.Storage.Records;

namespace Postroom.Endpoints.Resources;

/// <summary>Writes records for a reader, with those that they refer to where he wants and may see them.</summary>
internal static class RecordBodies
{
    public static ReadOnlyMemory<byte> Render(
        EndpointPlan plan, Record record, Expansion expansion, Caller caller, IStoreReader reader)
    {
        var output = new ArrayBufferWriter<byte>(record.Document.Length + 192);
        Write(output, plan, record, expansion, caller, reader);
        return output.WrittenMemory;
    }

    public static void Write(
        IBufferWriter<byte> output, EndpointPlan plan, Record record, Expansion expansion, Caller caller,
        IStoreReader reader)
    {
        if (expansion.IsEmpty)
        {
            RecordAnswer.Write(output, plan, record);
            return;
        }

        var expanded = new ArrayBufferWriter<byte>(512);
        using var document = JsonDocument.Parse(record.Document, new JsonDocumentOptions { MaxDepth = 1000 });
        expanded.Write("{"u8);
        foreach (var reference in expansion.References)
        {
            expanded.Write(expanded.WrittenCount == 1 ? "\""u8 : ",\""u8);
            expanded.Write(JsonEncodedText.Encode(reference.Name).EncodedUtf8Bytes);
            expanded.Write("\":"u8);
            if (Find(document.RootElement, reference.Path) is { } id
                && reader.FindRecord(reference.Target.Resource!.Table, id) is { } target
                && AccessPolicy.MayRead(reference.Target, caller, target))
            {
                RecordAnswer.Write(expanded, reference.Target, target);
            }
            else
            {
                expanded.Write("null"u8);
            }
        }

        expanded.Write("}"u8);
        RecordAnswer.Write(output, plan, record, expanded.WrittenSpan);
    }

    private static EntryId? Find(JsonElement value, IReadOnlyList<string> path)
    {
        foreach (var name in path)
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
            {
                return null;
            }
        }

        return value.ValueKind == JsonValueKind.String && EntryId.TryParse(value.GetString(), out var id) ? id : null;
    }
}
