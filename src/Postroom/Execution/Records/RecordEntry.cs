using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Postroom.Exchange;
using Postroom.Storage;

namespace Postroom.Execution.Records;

/// <summary>
/// The entry of an accepted change: in the place of a document it says which record was changed, how, and the digest of
/// what came; there is no second copy, but for the code that runs afterwards.
/// </summary>
internal static class RecordEntry
{
    public static Entry Make(PostExchange exchange, PlannedChange change, StoredAnswer answer) =>
        EntryMaker.Make(exchange, exchange.KeySource == KeySource.None ? null : answer) with
        {
            Document = Describe(exchange, change),
        };

    private static ReadOnlyMemory<byte> Describe(PostExchange exchange, PlannedChange change)
    {
        var output = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("action"u8, change switch
            {
                { Before: null } => "create"u8,
                { After: null } => "delete"u8,
                _ => "update"u8,
            });
            json.WriteString("record"u8, change.Id.ToString());
            json.WriteNumber("version"u8, (change.After ?? change.Before)!.Version);
            if (!exchange.Body.IsEmpty)
            {
                json.WriteString("sha256"u8, Convert.ToHexStringLower(SHA256.HashData(exchange.Body.Span)));
            }

            if (exchange.Plan.FollowUp is not null && change.After is { } after)
            {
                json.WritePropertyName("document"u8);
                json.WriteRawValue(after.Document.Span, skipInputValidation: true);
            }

            json.WriteEndObject();
        }

        return output.WrittenMemory;
    }
}
