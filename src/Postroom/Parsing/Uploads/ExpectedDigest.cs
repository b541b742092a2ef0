using System.Security.Cryptography;
using System.Text;
using Postroom.Exchange.Uploads;
using Postroom.Faults;

namespace Postroom.Parsing.Uploads;

/// <summary>What a request says that bytes hash to.</summary>
/// <param name="Algorithm">How they are hashed.</param>
/// <param name="Value">What must come out.</param>
internal sealed record ExpectedDigest(HashAlgorithmName Algorithm, byte[] Value)
{
    private const int HeaderMax = 1024;

    /// <summary>
    /// RFC 9530 §2: a dictionary of algorithms, each with a byte sequence (RFC 8941 §3.3.5). The strongest that we know
    /// counts; unknown ones, and those that an adversary can forge, are passed over.
    /// </summary>
    /// <param name="header">The field's value; empty for none.</param>
    /// <param name="digest">Null when none that counts is named.</param>
    public static Fault? ReadField(string header, out ExpectedDigest? digest)
    {
        digest = null;
        if (header.Length > HeaderMax)
        {
            return Malformed();
        }

        foreach (var member in header.Split(
            ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var sign = member.IndexOf('=', StringComparison.Ordinal);
            if (sign <= 0 || member.Length < sign + 3 || member[sign + 1] != ':' || member[^1] != ':'
                || Bytes(member[(sign + 2)..^1]) is not { } value)
            {
                return Malformed();
            }

            var algorithm = member[..sign] switch
            {
                "sha-256" => HashAlgorithmName.SHA256,
                "sha-512" => HashAlgorithmName.SHA512,
                _ => default,
            };
            if (algorithm.Name is not null && digest?.Algorithm != HashAlgorithmName.SHA512)
            {
                digest = new ExpectedDigest(algorithm, value);
            }
        }

        return null;
    }

    /// <summary>
    /// tus 1.0.0, Checksum: «The Upload-Checksum request header contains information about the checksum of the current
    /// body payload … the name of the used checksum algorithm and the Base64 encoded checksum separated by a space.»
    /// </summary>
    /// <param name="text">The header or the trailer.</param>
    /// <param name="digest">Null with a fault.</param>
    public static Fault? ReadChecksum(string text, out ExpectedDigest? digest)
    {
        digest = null;
        var parts = text.Split(' ');
        var algorithm = parts[0] switch
        {
            "sha1" => HashAlgorithmName.SHA1,
            "sha256" => HashAlgorithmName.SHA256,
            _ => default,
        };
        if (algorithm.Name is null)
        {
            // «400 Bad Request if the checksum algorithm is not supported by the server.»
            return UploadFaults.Malformed(
                "`Upload-Checksum` names an algorithm that is not known. Use sha1 or sha256.");
        }

        if (parts.Length != 2 || Bytes(parts[1]) is not { } value)
        {
            return UploadFaults.Malformed(
                "`Upload-Checksum` must be an algorithm, a space, and the checksum in Base64.");
        }

        digest = new ExpectedDigest(algorithm, value);
        return null;
    }

    private static byte[]? Bytes(string base64)
    {
        var bytes = new byte[Encoding.ASCII.GetMaxByteCount(base64.Length)];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : null;
    }

    private static Fault Malformed() => UploadFaults.Malformed(
        "A digest field must be like `sha-256=:<Base64>:` (RFC 9530).");
}
