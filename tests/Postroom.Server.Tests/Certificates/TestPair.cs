using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Postroom.Declarations;

namespace Postroom.Server.Tests.Certificates;

/// <summary>A certificate and its key for a test, signed by an issuer of its own.</summary>
internal sealed record TestPair(string Certificate, string Key, string Issuer)
{
    public const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    public static TestPair Make(
        DateTimeOffset begins, DateTimeOffset ends, string name = "localhost", string purpose = ServerAuthentication,
        string? password = null, bool rsa = false)
    {
        using var issuerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var issuer = new CertificateRequest("CN=Test issuer", issuerKey, HashAlgorithmName.SHA256);
        issuer.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var root = issuer.CreateSelfSigned(begins.AddDays(-1), ends.AddDays(1));
        using AsymmetricAlgorithm key = rsa ? RSA.Create(2048) : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = key is RSA one
            ? new CertificateRequest("CN=" + name, one, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest("CN=" + name, (ECDsa)key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var leaf = request.Create(
            root.SubjectName, X509SignatureGenerator.CreateForECDsa(issuerKey), begins, ends, [1, 2, 3]);
        return new(
            leaf.ExportCertificatePem(),
            password is null
                ? key.ExportPkcs8PrivateKeyPem()
                : key.ExportEncryptedPkcs8PrivateKeyPem(
                    password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)),
            root.ExportCertificatePem());
    }

    /// <summary>One that counts today, by the real clock.</summary>
    public static TestPair Today(string name = "localhost")
    {
        var now = TimeProvider.System.GetUtcNow();
        return Make(now.AddDays(-1), now.AddDays(90), name);
    }

    public TlsDeclaration WriteTo(string folder, string? password = null)
    {
        var tls = new TlsDeclaration
        {
            Certificate = Path.Combine(folder, "cert.pem"), Key = Path.Combine(folder, "key.pem"), Password = password,
        };
        File.WriteAllText(tls.Certificate, Certificate + "\n" + Issuer + "\n");
        File.WriteAllText(tls.Key, Key + "\n");
        return tls;
    }
}
