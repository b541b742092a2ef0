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
        new("date-time", DateText.IsDateTime),
        new("date", DateText.IsFullDate),
        new("time", DateText.IsFullTime),
        new("duration", DurationText.IsDuration),
        new("email", EmailText.IsMailbox),
        new("idn-email", EmailText.IsInternationalMailbox),
        new("hostname", HostText.IsHostname),
        new("idn-hostname", InternationalHost.IsHostname),
        new("ipv4", AddressText.IsIPv4),
        new("ipv6", AddressText.IsIPv6),
        new("uri", UriText.IsUri),
        new("uri-reference", UriText.IsUriReference),
        new("iri", UriText.IsIri),
        new("iri-reference", UriText.IsIriReference),
        new("uuid", UuidText.IsUuid),
        new("uri-template", UriTemplateText.IsTemplate),
        new("json-pointer", JsonPointerText.IsPointer),
        new("relative-json-pointer", JsonPointerText.IsRelativePointer),
        new("regex", text => LinearPattern.IsPattern(Encoding.UTF8.GetString(text))),

        // OpenAPI's word for a file: what its bytes are is judged where they arrive, and any text may name one.
        new("binary", _ => true),
    }.ToFrozenDictionary(format => format.Name);
}
