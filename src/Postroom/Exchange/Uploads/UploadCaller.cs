using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Postroom.Exchange.Uploads;

/// <summary>
/// Whose quota an upload counts for: the name of whoever is signed in, else a digest of the address, from which nobody
/// without the store's secret finds the address.
/// </summary>
internal static class UploadCaller
{
    private const int DigestBytes = 12;

    public static string NameOf(Caller caller, ReadOnlySpan<byte> secret)
    {
        if (!caller.IsAnonymous)
        {
            return caller.Name;
        }

        var key = SigningKeys.Derive(secret, "upload caller");
        Span<byte> digest = stackalloc byte[32];
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(caller.RateKey), digest);
        return "address:" + Base64Url.EncodeToString(digest[..DigestBytes]);
    }
}
