using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Postroom.Parsing.Uploads;

namespace Postroom.Endpoints.Uploads;

/// <summary>
/// What came with the creation of an upload and is needed at its end, as it stands in the upload's row.
/// </summary>
internal sealed record UploadMetadata
{
    /// <summary>The file's name, cleaned.</summary>
    public required string Name { get; init; }

    /// <summary>The media type that it was said to have; null for none.</summary>
    public string? Declared { get; init; }

    /// <summary>`Upload-Metadata` as it came; null for none.</summary>
    public string? Echo { get; init; }

    /// <summary>The digest that the whole file must have; null for none.</summary>
    public ExpectedDigest? Digest { get; init; }

    /// <summary>The document: UTF-8 JSON.</summary>
    public required ReadOnlyMemory<byte> Document { get; init; }

    /// <summary>The fields that speak to the server.</summary>
    public required IReadOnlyDictionary<string, string> Control { get; init; }

    public static UploadMetadata Read(ReadOnlyMemory<byte> json)
    {
        using var parsed = JsonDocument.Parse(json);
        var root = parsed.RootElement;
        var digest = root.GetProperty("digest"u8);
        return new UploadMetadata
        {
            Name = root.GetProperty("name"u8).GetString()!,
            Declared = root.GetProperty("type"u8).GetString(),
            Echo = root.GetProperty("echo"u8).GetString(),
            Digest = digest.ValueKind == JsonValueKind.Null
                ? null
                : new ExpectedDigest(
                    new HashAlgorithmName(digest.GetProperty("algorithm"u8).GetString()),
                    digest.GetProperty("value"u8).GetBytesFromBase64()),
            Document = root.GetProperty("document"u8).GetBytesFromBase64(),
            Control = root.GetProperty("control"u8).EnumerateObject()
                .ToDictionary(field => field.Name, field => field.Value.GetString()!, StringComparer.Ordinal),
        };
    }

    public ReadOnlyMemory<byte> Write()
    {
        var output = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("name"u8, Name);
            json.WriteString("type"u8, Declared);
            json.WriteString("echo"u8, Echo);
            if (Digest is null)
            {
                json.WriteNull("digest"u8);
            }
            else
            {
                json.WriteStartObject("digest"u8);
                json.WriteString("algorithm"u8, Digest.Algorithm.Name);
                json.WriteBase64String("value"u8, Digest.Value);
                json.WriteEndObject();
            }

            json.WriteBase64String("document"u8, Document.Span);
            json.WriteStartObject("control"u8);
            foreach (var (name, value) in Control)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return output.WrittenMemory;
    }
}
