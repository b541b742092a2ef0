using System.Globalization;
using Postroom.Declarations;

namespace Postroom.Server.Certificates;

/// <summary>Under which names browsers come, and what of a certificate does not fit them.</summary>
/// <param name="Url">The public address; null in development.</param>
/// <param name="Network">The address of this machine in its network, where there is one.</param>
internal sealed record CertificateNames(Uri? Url, string? Network)
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(14);

    /// <summary>What a certificate of the server's own is for.</summary>
    public IReadOnlyList<string> OwnNames
    {
        get
        {
            List<string> names = ["localhost", "127.0.0.1", "::1"];
            names.AddRange(new[] { Network, Url?.IdnHost }.OfType<string>());
            return [.. names.Distinct(StringComparer.Ordinal)];
        }
    }

    /// <summary>What a person should know of a certificate that works nevertheless.</summary>
    public IEnumerable<string> Doubts(TlsDeclaration tls, ServerCertificate certificate, DateTimeOffset now)
    {
        if (Url is { Scheme: "https" } url && !certificate.Leaf.MatchesHostname(url.IdnHost))
        {
            yield return $"The certificate is not for {url.IdnHost}, the host of `url`, but for "
                + $"{string.Join(", ", certificate.Names)}. Browsers will refuse it.";
        }

        if (tls.IsSelfSigned)
        {
            yield break;
        }

        if (certificate.Ends - now < Soon)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"The certificate ends on {certificate.Ends:yyyy-MM-dd}. Renew it.");
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(tls.Key!) & UnixFileMode.OtherRead) != 0)
        {
            yield return $"Everybody on this machine can read the private key: `chmod o-r {tls.Key}`.";
        }
    }
}
