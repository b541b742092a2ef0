using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Postroom.Server.Certificates;

/// <summary>A certificate with its key and what a handshake needs of them, made once for all connections.</summary>
internal sealed class ServerCertificate
{
    public ServerCertificate(X509Certificate2 leaf, X509Certificate2Collection chain)
    {
        Leaf = OperatingSystem.IsWindows() ? WithStoredKey(leaf) : leaf;
        Handshake = new SslServerAuthenticationOptions
        {
            // Offline: what the file lacks of the chain is not fetched while the server starts.
            ServerCertificateContext = SslStreamCertificateContext.Create(Leaf, chain, offline: true),

            // RFC 8996: TLS 1.0 and 1.1 must not be used.
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
        };
    }

    public X509Certificate2 Leaf { get; }

    public SslServerAuthenticationOptions Handshake { get; }

    /// <summary>Nobody else vouches for it, so that a browser warns.</summary>
    public bool IsSelfSigned => Leaf.SubjectName.RawData.AsSpan().SequenceEqual(Leaf.IssuerName.RawData);

    public DateTimeOffset Begins => Leaf.NotBefore;

    public DateTimeOffset Ends => Leaf.NotAfter;

    /// <summary>SHA-256 of the certificate, as browsers show it.</summary>
    public string Fingerprint => string.Join(
        ':',
        Convert.ToHexString(Leaf.GetCertHash(HashAlgorithmName.SHA256)).Chunk(2).Select(pair => new string(pair)));

    /// <summary>The names and addresses that it is for.</summary>
    public IReadOnlyList<string> Names => Leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault()
        is { } names
        ? [.. names.EnumerateDnsNames(), .. names.EnumerateIPAddresses().Select(address => address.ToString())]
        : [];

    /// <summary>SChannel takes no key that lives in memory only.</summary>
    private static X509Certificate2 WithStoredKey(X509Certificate2 leaf) =>
        X509CertificateLoader.LoadPkcs12(leaf.Export(X509ContentType.Pkcs12), null);
}
