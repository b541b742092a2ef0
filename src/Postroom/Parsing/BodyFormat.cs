namespace Postroom.Parsing;

/// <summary>How a body is read.</summary>
internal enum BodyFormat
{
    /// <summary>JSON (RFC 8259): <c>application/json</c> and every type that ends in <c>+json</c>.</summary>
    Json,

    /// <summary><c>application/x-www-form-urlencoded</c>.</summary>
    Urlencoded,

    /// <summary><c>multipart/form-data</c> (RFC 7578).</summary>
    Multipart,

    /// <summary>XML, CSV, NDJSON, text, and what a host has added: through an <see cref="IBodyFormat"/>.</summary>
    Other,
}
