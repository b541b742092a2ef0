using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using CsvHelper;
using Microsoft.AspNetCore.WebUtilities;

namespace Postroom.Bench.Parsers;

/// <summary>What the framework offers for each format, used as its documentation shows, limits lifted.</summary>
internal static class Theirs
{
    /// <summary>As strict as ours, which refuses a name that comes twice.</summary>
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>As the server reads a decoded body.</summary>
    private static readonly StreamPipeReaderOptions Pieces = new(bufferSize: 16 * 1024);

    public static async ValueTask<long> UrlencodedAsync(byte[] body)
    {
        // It decodes inside the buffers that it is given, so it gets its own.
        var reader = new FormPipeReader(PipeReader.Create(new MemoryStream(body)))
        {
            ValueCountLimit = int.MaxValue,
        };
        return (await reader.ReadFormAsync()).Count;
    }

    public static ValueTask<long> Json(byte[] body)
    {
        using var document = JsonDocument.Parse(body, Strict);
        return new((long)document.RootElement.ValueKind);
    }

    public static async ValueTask<long> MultipartAsync(byte[] body)
    {
        using var stream = new MemoryStream(body);
        var reader = new MultipartReader(Bodies.Boundary, stream) { BodyLengthLimit = null };
        long read = 0;
        while (await reader.ReadNextSectionAsync() is { } section)
        {
            if (section.AsFileSection() is { } file)
            {
                read += (await SHA256.HashDataAsync(file.FileStream!)).Length;
            }
            else
            {
                read += (await section.AsFormDataSection()!.GetValueAsync()).Length;
            }
        }

        return read;
    }

    public static ValueTask<long> Xml(byte[] body)
    {
        using var reader = XmlReader.Create(new MemoryStream(body));
        return new(XDocument.Load(reader).Root!.Elements().Count());
    }

    public static ValueTask<long> Csv(byte[] body)
    {
        using var csv = CsvReader.Create(body);
        long fields = 0;
        while (csv.Read())
        {
            for (var field = 0; field < csv.FieldCount; field++)
            {
                fields += csv.GetString(field).Length;
            }
        }

        return new(fields);
    }

    /// <summary>The document that ours makes of the table, and the look at it that every document gets.</summary>
    public static ValueTask<long> CsvAsJson(byte[] body)
    {
        var output = new ArrayBufferWriter<byte>(body.Length);
        using var writer = new Utf8JsonWriter(output);
        using var csv = CsvReader.Create(body);
        writer.WriteStartArray();
        while (csv.Read())
        {
            writer.WriteStartObject();
            for (var field = 0; field < csv.FieldCount; field++)
            {
                writer.WriteString(csv.Headers[field], csv.GetString(field));
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.Flush();
        using var document = JsonDocument.Parse(output.WrittenMemory, Strict);
        return new((long)document.RootElement.GetArrayLength());
    }

    /// <summary>The document that ours makes of the order; the names of its elements are known, so that it is short.</summary>
    public static ValueTask<long> XmlAsJson(byte[] body)
    {
        using var reader = XmlReader.Create(new MemoryStream(body));
        var output = new ArrayBufferWriter<byte>(body.Length);
        using var writer = new Utf8JsonWriter(output);
        writer.WriteStartObject();
        writer.WriteStartArray("lines");
        foreach (var line in XDocument.Load(reader).Root!.Elements())
        {
            writer.WriteStartObject();
            writer.WriteString("@sku", line.Attribute("sku")!.Value);
            foreach (var field in line.Elements())
            {
                writer.WriteString(field.Name.LocalName, field.Value);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        using var document = JsonDocument.Parse(output.WrittenMemory, Strict);
        return new((long)document.RootElement.ValueKind);
    }

    /// <summary>What both sides do with the bytes of a file, whoever reads them.</summary>
    public static ValueTask<long> Sha256(byte[] body) => new((long)SHA256.HashData(body).Length);

    public static ValueTask<long> Ndjson(byte[] body)
    {
        long lines = 0;
        ReadOnlyMemory<byte> rest = body;
        while (!rest.IsEmpty)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            using var document = JsonDocument.Parse(rest[..end], Strict);
            lines += (long)document.RootElement.ValueKind;
            rest = rest[(end + 1)..];
        }

        return new(lines);
    }

    public static async ValueTask<long> GzipAsync(byte[] body)
    {
        await using var stream = new GZipStream(new MemoryStream(body), CompressionMode.Decompress);
        return await LengthAsync(stream);
    }

    public static async ValueTask<long> BrotliAsync(byte[] body)
    {
        await using var stream = new BrotliStream(new MemoryStream(body), CompressionMode.Decompress);
        return await LengthAsync(stream);
    }

    public static async ValueTask<long> LengthAsync(Stream stream)
    {
        var reader = PipeReader.Create(stream, Pieces);
        long length = 0;
        while (true)
        {
            var result = await reader.ReadAsync();
            length += result.Buffer.Length;
            reader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                return length;
            }
        }
    }
}
