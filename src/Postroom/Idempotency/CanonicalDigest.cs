using System.Security.Cryptography;
using Postroom.Storage;

namespace Postroom.Idempotency;

/// <summary>
/// The SHA-256 of what a document says, not of how it is written: the order of members, white space and escapes do
/// not count, so that JSON, urlencoded and multipart bodies of the same form have one fingerprint.
/// </summary>
/// <remarks>
/// What is hashed: a version byte, the prefix with its length, then the value. Each value begins with its type, texts
/// and names with their length, arrays and objects with their count; members stand in the order of their names'
/// bytes. So the encoding can be read back without doubt, and no two contents share one.
/// </remarks>
internal static class CanonicalDigest
{
    /// <summary>Fingerprints a document under a prefix such as the endpoint's path.</summary>
    /// <param name="prefix">Any bytes; another prefix gives another fingerprint.</param>
    /// <param name="document">JSON that a walk has accepted: well-formed, UTF-8, no duplicate names.</param>
    /// <param name="reading">When two documents count as the same.</param>
    public static Fingerprint Compute(
        ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> document, CanonicalReading reading)
    {
        CanonicalTree tree = new(document);
        CanonicalWriter writer = new(tree, reading, prefix.Length + (3 * document.Length) + 16);
        try
        {
            Span<byte> digest = stackalloc byte[Fingerprint.Size];
            SHA256.HashData(writer.Write(prefix), digest);
            return Fingerprint.Read(digest);
        }
        finally
        {
            writer.Dispose();
            tree.Dispose();
        }
    }
}
