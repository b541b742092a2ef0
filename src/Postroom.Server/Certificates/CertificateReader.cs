using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Postroom.Declarations;

namespace Postroom.Server.Certificates;

/// <summary>Makes a certificate of its PEM files, or says which of them is wrong and what to do.</summary>
internal static class CertificateReader
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string AnyPurpose = "2.5.29.37.0";

    public static CertificateReading Read(TlsDeclaration tls, PemFiles files, DateTimeOffset now)
    {
        if (files.Fault is { } unreadable)
        {
            return new(null, unreadable);
        }

        if (!TryReadChain(files.Certificate, out var chain))
        {
            return Fault(tls.Certificate!, "There is no certificate in PEM form in it, which begins with "
                + "`-----BEGIN CERTIFICATE-----`. For one in DER form: "
                + "`openssl x509 -inform der -in FILE -out cert.pem`.");
        }

        var leaf = chain[0];
        if (FaultOf(leaf, now) is { } wrong)
        {
            return Fault(tls.Certificate!, wrong);
        }

        if (PrivateKeyPem.FaultOf(files.Key, tls.Password) is { } locked)
        {
            return Fault(tls.Key!, locked);
        }

        try
        {
            var pair = tls.Password is { } password
                ? X509Certificate2.CreateFromEncryptedPem(files.Certificate, files.Key, password)
                : X509Certificate2.CreateFromPem(files.Certificate, files.Key);
            chain.RemoveAt(0);
            return new(new ServerCertificate(pair, chain), null);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            return Fault(tls.Key!, PrivateKeyPem.IsReadable(files.Key, tls.Password)
                ? $"This key does not belong to the first certificate in {tls.Certificate}. The certificate of the "
                    + "server comes first in its file, and both are made together."
                : tls.Password is null
                    ? "The private key cannot be read. Make a new pair."
                    : "The password does not open the private key. Correct `tls.password`.");
        }
    }

    private static bool TryReadChain(string pem, out X509Certificate2Collection chain)
    {
        chain = [];
        try
        {
            chain.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
            return false;
        }

        return chain.Count > 0;
    }

    private static string? FaultOf(X509Certificate2 leaf, DateTimeOffset now)
    {
        if (now >= leaf.NotAfter)
        {
            return $"The certificate ended on {Day(leaf.NotAfter)}. Renew it.";
        }

        if (now < leaf.NotBefore)
        {
            return $"The certificate counts from {Day(leaf.NotBefore)} on only. Is the clock of this machine right?";
        }

        // RFC 5280 §4.2.1.12: where purposes are named, no other is allowed.
        return leaf.Extensions.OfType<X509EnhancedKeyUsageExtension>().FirstOrDefault() is { } purposes
            && !purposes.EnhancedKeyUsages.OfType<Oid>()
                .Any(purpose => purpose.Value is ServerAuthentication or AnyPurpose)
            ? "The certificate is not for servers: its purposes lack `serverAuth`. Ask its issuer for one that has it."
            : null;
    }

    private static string Day(DateTime moment) =>
        moment.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static CertificateReading Fault(string file, string message) =>
        new(null, new DeclarationFault(file, 0, 0, message));
}
