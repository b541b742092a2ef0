using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Postroom.Plans;
using Postroom.Storage;

namespace Postroom.Answers;

/// <summary>
/// The answer to a file that was taken: the members of the first one at the top, and all of them in <c>files</c>.
/// </summary>
internal static class UploadAnswer
{
    private const int Created = 201;

    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The address of a file, below its endpoint's.</summary>
    public static string Address(string endpoint, EntryId file) => $"{endpoint}/{file}";

    public static StoredAnswer Render(EndpointPlan plan, Entry entry, string? redirect)
    {
        var output = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(output, s_options))
        {
            json.WriteStartObject();
            json.WritePropertyName("message"u8);
            WriteMessage(json, plan, entry.Document.Span);
            var created = entry.ReceivedAt;
            if (entry.Files is [var first, ..])
            {
                WriteFile(json, plan, first, created);
            }

            json.WriteString("entry"u8, entry.Id.ToString());
            json.WriteStartArray("files"u8);
            foreach (var file in entry.Files)
            {
                json.WriteStartObject();
                json.WriteString("field"u8, file.Field);
                WriteFile(json, plan, file, created);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        var location = entry.Files is [var named, ..] ? Address(plan.Path, named.Id) : null;
        return new StoredAnswer(Created, output.WrittenMemory, redirect, location);
    }

    /// <summary>What is known of a file, as members of an object.</summary>
    public static void WriteFile(Utf8JsonWriter json, EndpointPlan plan, EntryFile file, long created)
    {
        json.WriteString("id"u8, file.Id.ToString());
        json.WriteString("url"u8, Address(plan.Path, file.Id));
        json.WriteString("name"u8, file.Name);
        json.WriteNumber("size"u8, file.Size);
        json.WriteString("type"u8, file.MediaType);
        json.WriteString("sha256"u8, file.Digest);
        json.WriteString("created"u8, DateTimeOffset.FromUnixTimeMilliseconds(created)
            .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
    }

    private static void WriteMessage(Utf8JsonWriter json, EndpointPlan plan, ReadOnlySpan<byte> document)
    {
        var message = new ArrayBufferWriter<byte>(64);
        message.Write("\""u8);
        plan.Created.WriteJson(message, document);
        message.Write("\""u8);
        json.WriteRawValue(message.WrittenSpan);
    }
}
