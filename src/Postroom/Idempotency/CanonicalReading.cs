namespace Postroom.Idempotency;

/// <summary>When two documents count as the same content.</summary>
internal enum CanonicalReading
{
    /// <summary>Types count: <c>18</c> and <c>"18"</c> are two contents.</summary>
    Exact,

    /// <summary>
    /// As a form sends it: <c>18</c> and <c>"18"</c> are one content, and so are <c>["a"]</c> and <c>"a"</c>. A
    /// schema that changes between a POST and its repeat, and so the types of the document, leaves the digest as it
    /// was.
    /// </summary>
    FormText,
}
