using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Postroom.Declarations;
using Postroom.JsonSchema;
using Postroom.Storage;

namespace Postroom.Plans;

/// <summary>
/// Fields whose values no two stored entries share. Texts count without the space around them, numbers by their value;
/// a number and a text that look alike are one value, since a form knows texts only.
/// </summary>
internal sealed class UniqueRule
{
    private readonly (string[] Names, bool IgnoreCase)[] _fields;

    public UniqueRule(UniqueDeclaration declaration, SchemaView schema)
    {
        Pointers = [.. declaration.Fields.Select(field => field.Pointer)];
        Name = string.Join('\n', Pointers);
        _fields = [.. declaration.Fields.Select(field => Field(field, schema))];
    }

    /// <summary>What the store knows it by.</summary>
    public string Name { get; }

    public IReadOnlyList<string> Pointers { get; }

    /// <summary>The SHA-256 of the values; null when one is missing, empty, or a list or an object.</summary>
    public Fingerprint? Digest(JsonElement document)
    {
        var values = new ArrayBufferWriter<byte>();
        foreach (var (names, ignoreCase) in _fields)
        {
            if (TextAt(document, names) is not { Length: > 0 } text)
            {
                return null;
            }

            var utf8 = Encoding.UTF8.GetBytes(ignoreCase ? Lower(text) : text);
            BinaryPrimitives.WriteInt32BigEndian(values.GetSpan(sizeof(int)), utf8.Length);
            values.Advance(sizeof(int));
            values.Write(utf8);
        }

        return Fingerprint.Read(SHA256.HashData(values.WrittenSpan));
    }

    private static (string[] Names, bool IgnoreCase) Field(UniqueField field, SchemaView schema)
    {
        // RFC 6901 §4: first ~1, then ~0.
        string[] names =
        [
            .. field.Pointer.Split('/').Skip(1).Select(name => name
                .Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)),
        ];
        SchemaView? view = schema;
        foreach (var name in names)
        {
            view = view?.Property(name)?.Schema;
        }

        return (names, field.IgnoreCase ?? view?.Format == "email");
    }

    private static string? TextAt(JsonElement value, string[] names)
    {
        foreach (var name in names)
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
            {
                return null;
            }
        }

        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!.Trim(),
            JsonValueKind.Number => Number(value.GetRawText()),
            JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => null,
        };
    }

    /// <summary><c>1</c>, <c>1.0</c> and <c>1e0</c> are one number, as far as 28 digits reach.</summary>
    private static string Number(string json) =>
        decimal.TryParse(json, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? (number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture)
            : json;

    private static string Lower(string text) => string.Create(text.Length, text, static (lower, original) =>
        Ascii.ToLower(original, lower, out _));
}
