using System.Buffers;
using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using Postroom.JsonSchema;

namespace Postroom.Plans;

/// <summary>
/// Fields whose values are nobody's to see again: those that the schema calls <c>writeOnly</c>, and those whose names
/// say that they hold a secret. Log lines and receipts show a mark in their place; the stored entry keeps them.
/// </summary>
internal sealed class HiddenFields
{
    private const string Mark = "•••";

    private static readonly FrozenSet<string> s_secretNames = FrozenSet.ToFrozenSet(
        [
            "password", "passwd", "pwd", "passphrase", "secret", "client_secret", "clientSecret", "token",
            "access_token",
            "refresh_token", "api_key", "apiKey", "code_verifier", "assertion", "pin", "otp", "cvc", "cvv",
        ],
        StringComparer.OrdinalIgnoreCase);

    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly FrozenSet<string> _names;

    public HiddenFields(SchemaView schema)
    {
        _names = schema.Properties.Concat(schema.Items?.Properties ?? [])
            .Where(property => property.Schema.IsWriteOnly)
            .Select(property => property.Name)
            .Concat(s_secretNames)
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The document as it may be shown: itself when it holds nothing hidden at its top level.</summary>
    public ReadOnlyMemory<byte> Show(ReadOnlyMemory<byte> document)
    {
        using var json = JsonDocument.Parse(document);
        if (!Holds(json.RootElement))
        {
            return document;
        }

        var output = new ArrayBufferWriter<byte>(document.Length);
        using (var writer = new Utf8JsonWriter(output, s_options))
        {
            Write(writer, json.RootElement);
        }

        return output.WrittenMemory;
    }

    /// <summary>A list is shown as its items are.</summary>
    private bool Holds(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any(member => _names.Contains(member.Name)),
        JsonValueKind.Array => value.EnumerateArray()
            .Any(item => item.ValueKind == JsonValueKind.Object && Holds(item)),
        _ => false,
    };

    private void Write(Utf8JsonWriter writer, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            writer.WriteStartArray();
            foreach (var item in value.EnumerateArray())
            {
                Write(writer, item);
            }

            writer.WriteEndArray();
            return;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            value.WriteTo(writer);
            return;
        }

        writer.WriteStartObject();
        foreach (var member in value.EnumerateObject())
        {
            Write(writer, member);
        }

        writer.WriteEndObject();
    }

    private void Write(Utf8JsonWriter writer, JsonProperty member)
    {
        if (_names.Contains(member.Name))
        {
            writer.WriteString(member.Name, Mark);
        }
        else
        {
            member.WriteTo(writer);
        }
    }
}
