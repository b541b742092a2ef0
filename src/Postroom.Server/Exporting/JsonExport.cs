using System.Text.Encodings.Web;
using System.Text.Json;

namespace Postroom.Server.Exporting;

/// <summary>An entry or record as one JSON object: what it is, and its document byte for byte.</summary>
internal static class JsonExport
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void WriteLines(Stream output, IEnumerable<Exported> rows)
    {
        foreach (var row in rows)
        {
            Write(output, row);
            output.Write("\n"u8);
        }
    }

    public static void WriteArray(Stream output, IEnumerable<Exported> rows)
    {
        output.Write("["u8);
        var first = true;
        foreach (var row in rows)
        {
            output.Write(first ? "\n"u8 : ",\n"u8);
            Write(output, row);
            first = false;
        }

        output.Write("\n]\n"u8);
    }

    private static void Write(Stream output, Exported row)
    {
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        row.WriteTo(json);
        json.WriteEndObject();
    }
}
