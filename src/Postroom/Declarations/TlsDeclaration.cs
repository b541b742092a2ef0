namespace Postroom.Declarations;

/// <summary>
/// The certificate of https addresses. Read by the server program, not by the library: a host sets up its own.
/// </summary>
public sealed record TlsDeclaration
{
    /// <summary>
    /// The PEM file of the certificate and those between it and its root: absolute. Null for a certificate that the
    /// server makes and signs itself.
    /// </summary>
    public string? Certificate { get; init; }

    /// <summary>The PEM file of its private key: absolute. Null for a certificate of the server's own.</summary>
    public string? Key { get; init; }

    /// <summary>What opens an encrypted key; null for a key that is not.</summary>
    public string? Password { get; init; }

    /// <summary>True without <see cref="Certificate"/>.</summary>
    public bool IsSelfSigned => Certificate is null;

    /// <summary>Without the password: declarations are printed and logged.</summary>
    public override string ToString() => IsSelfSigned ? "self-signed" : $"certificate {Certificate}, key {Key}";
}
