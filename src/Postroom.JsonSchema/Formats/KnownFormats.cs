using System.Collections.Frozen;
using System.Text;
using Postroom.JsonSchema.Model;
using Postroom.JsonSchema.Patterns;

namespace Postroom.JsonSchema.Formats;

/// <summary>The formats that can be asserted: all of JSON Schema Validation, section 7.3.</summary>
internal static class KnownFormats
{
    public static FrozenDictionary<string, StringFormat> ByName { get; } = new StringFormat[]
    {
        new("date-time", "a date and time such as 2026-01-31T12:00:00Z", DateText.IsDateTime),
        new("date", "a date such as 2026-01-31", DateText.IsFullDate),
        new("time", "a time with its offset such as 12:00:00Z", DateText.IsFullTime),
        new("duration", "a duration such as P3DT12H", DurationText.IsDuration),
        new("email", "an e-mail address such as ada@example.com", EmailText.IsMailbox),
        new("idn-email", "an e-mail address such as ada@example.com", EmailText.IsInternationalMailbox),
        new("hostname", "a host name such as www.example.com", HostText.IsHostname),
        new("idn-hostname", "a host name such as www.example.com", InternationalHost.IsHostname),
        new("ipv4", "an IPv4 address such as 192.0.2.1", AddressText.IsIPv4),
        new("ipv6", "an IPv6 address such as 2001:db8::1", AddressText.IsIPv6),
        new("uri", "a URI such as https://example.com/", UriText.IsUri),
        new("uri-reference", "a URI or a reference such as ../a?b=c", UriText.IsUriReference),
        new("iri", "an IRI such as https://example.com/é", UriText.IsIri),
        new("iri-reference", "an IRI or a reference such as ../é?b=c", UriText.IsIriReference),
        new("uuid", "a UUID such as 123e4567-e89b-12d3-a456-426614174000", UuidText.IsUuid),
        new("uri-template", "a URI template such as /users/{id}", UriTemplateText.IsTemplate),
        new("json-pointer", "a JSON Pointer such as /a/0", JsonPointerText.IsPointer),
        new("relative-json-pointer", "a relative JSON Pointer such as 1/a", JsonPointerText.IsRelativePointer),
        new("regex", "a regular expression such as ^[a-z]+$",
            text => LinearPattern.IsPattern(Encoding.UTF8.GetString(text))),

        // OpenAPI's word for a file: what its bytes are is judged where they arrive, and any text may name one.
        new("binary", "a file", _ => true),
    }.ToFrozenDictionary(format => format.Name);
}
