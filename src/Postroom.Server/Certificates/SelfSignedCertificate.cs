using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Postroom.Server.Certificates;

/// <summary>
/// A certificate that the server signs itself, kept in the data folder: one that a person has once told his browser to
/// trust stays the same until shortly before it ends.
/// </summary>
internal static class SelfSignedCertificate
{
    public const string FileName = "self-signed.pem";

    /// <summary>A new one is made so long before the old one ends.</summary>
    public static readonly TimeSpan Renewal = TimeSpan.FromDays(30);

    /// <summary>No longer than browsers take a certificate for.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(397);

    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromDays(1);

    /// <summary>The kept one if it still serves, else a new one, kept from now on.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="names">Names and addresses that it must be for.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static ServerCertificate Take(string folder, IReadOnlyList<string> names, DateTimeOffset now)
    {
        var file = Path.Combine(folder, FileName);
        if (Read(file) is { } kept && now >= kept.Begins && now < kept.Ends - Renewal && names.All(kept.Names.Contains))
        {
            return kept;
        }

        Write(file, Make(names, now));
        return Read(file) ?? throw new IOException($"The certificate in {file} cannot be read back.");
    }

    /// <summary>Null where there is none, or one that is no longer whole.</summary>
    private static ServerCertificate? Read(string file)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        try
        {
            var pem = File.ReadAllText(file);
            return new ServerCertificate(X509Certificate2.CreateFromPem(pem, pem), []);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    private static string Make(IReadOnlyList<string> names, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Postroom", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(Alternatives(names));
        using var certificate = request.CreateSelfSigned(now - ClocksDiffer, now + Life - ClocksDiffer);
        return certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n";
    }

    private static X509Extension Alternatives(IReadOnlyList<string> names)
    {
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                alternatives.AddIpAddress(address);
            }
            else
            {
                alternatives.AddDnsName(name);
            }
        }

        return alternatives.Build();
    }

    /// <summary>Under another name first, so that a crash leaves the old one or the new one, never a half.</summary>
    private static void Write(string file, string pem)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var half = file + ".new";
        File.Delete(half);
        using (var stream = new FileStream(half, options))
        {
            stream.Write(System.Text.Encoding.ASCII.GetBytes(pem));
            stream.Flush(flushToDisk: true);
        }

        File.Move(half, file, overwrite: true);
    }
}
