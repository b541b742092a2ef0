using System.Security.Cryptography;

namespace Postroom.Server.Certificates;

/// <summary>The text of a private key (RFC 7468 §10–11), and what can be wrong with it before it is used.</summary>
internal static class PrivateKeyPem
{
    private const string Encrypted = "ENCRYPTED PRIVATE KEY";

    /// <summary>What is wrong, or null.</summary>
    public static string? FaultOf(string pem, string? password)
    {
        // The older form of OpenSSL, which has no standard.
        if (pem.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal))
        {
            return "The private key is encrypted in a form that is not read. Convert it: "
                + "`openssl pkcs8 -topk8 -in OLD -out key.pem`.";
        }

        var labels = Labels(pem);
        if (labels.Contains(Encrypted))
        {
            return password is null
                ? "The private key is encrypted. Add `password: ${TLS_PASSWORD}` to `tls`, and set that variable."
                : null;
        }

        if (!labels.Any(label => label.EndsWith("PRIVATE KEY", StringComparison.Ordinal)))
        {
            return "There is no private key in PEM form in it, which begins with `-----BEGIN PRIVATE KEY-----`.";
        }

        return password is null
            ? null
            : "The private key is not encrypted, yet `tls.password` is given. Remove it, or encrypt the key.";
    }

    /// <summary>Whether it is a key at all, whatever certificate it belongs to.</summary>
    public static bool IsReadable(string pem, string? password) =>
        Imports(RSA.Create(), pem, password) || Imports(ECDsa.Create(), pem, password);

    private static bool Imports(AsymmetricAlgorithm key, string pem, string? password)
    {
        using (key)
        {
            try
            {
                if (password is null)
                {
                    key.ImportFromPem(pem);
                }
                else
                {
                    key.ImportFromEncryptedPem(pem, password);
                }

                return true;
            }
            catch (Exception exception) when (exception is CryptographicException or ArgumentException)
            {
                return false;
            }
        }
    }

    private static List<string> Labels(string pem)
    {
        var labels = new List<string>();
        var rest = pem.AsSpan();
        while (PemEncoding.TryFind(rest, out var fields))
        {
            labels.Add(rest[fields.Label].ToString());
            rest = rest[fields.Location.End..];
        }

        return labels;
    }
}
