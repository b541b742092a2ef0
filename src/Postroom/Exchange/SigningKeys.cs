using System.Security.Cryptography;
using System.Text;

namespace Postroom.Exchange;

/// <summary>Keys for signing, one for each purpose, derived from the store's secret (HKDF, RFC 5869).</summary>
internal static class SigningKeys
{
    public static byte[] Derive(ReadOnlySpan<byte> secret, string purpose)
    {
        var key = new byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, key, salt: [], Encoding.UTF8.GetBytes("postroom " + purpose));
        return key;
    }
}
