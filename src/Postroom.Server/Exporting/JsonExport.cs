using System.Text.Encodings.Web;
using System.Text.Json;
using Postroom.Storage;

namespace Postroom.Server.Exporting;

/// <summary>An entry as one JSON object: what it is, and its document byte for byte.</summary>
internal static class JsonExport
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void WriteLines(Stream output, IEnumerable<Entry> entries)
    {
        foreach (var entry in entries)
        {
            WriteEntry(output, entry);
            output.Write("\n"u8);
        }
    }

    public static void WriteArray(Stream output, IEnumerable<Entry> entries)
    {
        output.Write("["u8);
        var first = true;
        foreach (var entry in entries)
        {
            output.Write(first ? "\n"u8 : ",\n"u8);
            WriteEntry(output, entry);
            first = false;
        }

        output.Write("\n]\n"u8);
    }

    private static void WriteEntry(Stream output, Entry entry)
    {
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteString("id"u8, entry.Id.ToString());
        json.WriteString("endpoint"u8, entry.Endpoint);
        json.WriteString("state"u8, entry.State.ToString().ToLowerInvariant());
        if (entry.Reason is { } reason)
        {
            json.WriteString("reason"u8, reason);
        }

        json.WriteString("received"u8, Received(entry));
        json.WritePropertyName("document"u8);
        json.WriteRawValue(entry.Document.Span, skipInputValidation: true);
        if (!entry.Control.IsEmpty)
        {
            json.WritePropertyName("control"u8);
            json.WriteRawValue(entry.Control.Span, skipInputValidation: true);
        }

        WriteFiles(json, entry.Files);
        json.WriteEndObject();
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

    public static string Received(Entry entry) => DateTimeOffset.FromUnixTimeMilliseconds(entry.ReceivedAt)
        .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
