using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Postroom.Exchange;
using Postroom.Storage;

namespace Postroom.Execution.Batches;

/// <summary>The entry of a batch: how many records it made, and the digest of what came.</summary>
internal static class BatchEntry
{
    public static Entry Make(PostExchange exchange, StoredAnswer? answer, int created, int refused) =>
        EntryMaker.Make(exchange, exchange.KeySource == KeySource.None ? null : answer) with
        {
            Document = Describe(exchange, created, refused),
        };

    private static ReadOnlyMemory<byte> Describe(PostExchange exchange, int created, int refused)
    {
        var output = new ArrayBufferWriter<byte>(160);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("action"u8, "batch"u8);
            json.WriteNumber("created"u8, created);
            json.WriteNumber("refused"u8, refused);
            json.WriteString("sha256"u8, Convert.ToHexStringLower(SHA256.HashData(exchange.Body.Span)));
            json.WriteEndObject();
        }

        return output.WrittenMemory;
    }
}
