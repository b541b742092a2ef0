using System.Text.Json;
using Postroom.Storage;

namespace Postroom.Server.Exporting;

/// <summary>An entry: what came.</summary>
internal sealed class ExportedEntry(Entry entry) : Exported
{
    public static IReadOnlyList<string> Columns { get; } = ["id", "received", "state", "reason"];

    public override ReadOnlyMemory<byte> Document => entry.Document;

    public override IReadOnlyList<string> Cells =>
        [entry.Id.ToString(), Time(entry.ReceivedAt), State, entry.Reason ?? ""];

    private string State => entry.State.ToString().ToLowerInvariant();

    public override void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("id"u8, entry.Id.ToString());
        json.WriteString("endpoint"u8, entry.Endpoint);
        json.WriteString("state"u8, State);
        if (entry.Reason is { } reason)
        {
            json.WriteString("reason"u8, reason);
        }

        json.WriteString("received"u8, Time(entry.ReceivedAt));
        WriteDocument(json);
        if (!entry.Control.IsEmpty)
        {
            json.WritePropertyName("control"u8);
            json.WriteRawValue(entry.Control.Span, skipInputValidation: true);
        }

        WriteFiles(json, entry.Files);
    }

    private static void WriteFiles(Utf8JsonWriter json, IReadOnlyList<EntryFile> files)
    {
        if (files.Count == 0)
        {
            return;
        }

        json.WriteStartArray("files"u8);
        foreach (var file in files)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, file.Id.ToString());
            json.WriteString("field"u8, file.Field);
            json.WriteString("name"u8, file.Name);
            json.WriteNumber("size"u8, file.Size);
            json.WriteString("type"u8, file.MediaType);
            json.WriteString("sha256"u8, file.Digest);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
