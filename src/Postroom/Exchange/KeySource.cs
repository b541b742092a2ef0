namespace Postroom.Exchange;

/// <summary>Where the identity of a request comes from.</summary>
internal enum KeySource
{
    None,

    /// <summary>The header <c>Idempotency-Key</c>, or the field <c>_key</c>.</summary>
    Client,

    /// <summary>The one-time token of a form page that we rendered.</summary>
    Token,

    /// <summary>The same content from the same client within a short time.</summary>
    Content,
}
