using System.Collections.Frozen;
using Postroom.JsonSchema.Model;

namespace Postroom.JsonSchema.Formats;

/// <summary>The formats this compiler knows (JSON Schema Validation, section 7.3).</summary>
internal static class KnownFormats
{
    public static FrozenDictionary<string, StringFormat> ByName { get; } = new StringFormat[]
    {
        new("email", "an e-mail address such as ada@example.com", EmailText.IsMailbox),
        new("uri", "a URI such as https://example.com/", UriText.IsUri),
        new("date", "a date such as 2026-01-31", DateText.IsFullDate),
        new("date-time", "a date and time such as 2026-01-31T12:00:00Z", DateText.IsDateTime),
        new("uuid", "a UUID such as 123e4567-e89b-12d3-a456-426614174000", UuidText.IsUuid),

        // OpenAPI's word for a file: what its bytes are is judged where they arrive, and any text may name one.
        new("binary", "a file", _ => true),
    }.ToFrozenDictionary(format => format.Name);
}
