using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Postroom.Exchange;
using Postroom.Storage;

namespace Postroom.Endpoints.Uploads;

/// <summary>
/// Addresses of files that are enough by themselves, for a time: whoever may download a file can hand one on. Nothing
/// is stored; the signature covers the file and the end.
/// </summary>
internal sealed class UploadLinks(IPostStore store)
{
    private const int SignatureBytes = 32;
    private readonly byte[] _key = SigningKeys.Derive(store.Secret.Span, "file link");

    /// <summary>The query of a link that ends at that time (Unix seconds).</summary>
    public string QueryOf(EntryId file, long expires) => string.Create(
        CultureInfo.InvariantCulture,
        $"?expires={expires}&signature={Base64Url.EncodeToString(Sign(file, expires))}");

    /// <summary>True for a link of ours that has not ended.</summary>
    public bool IsValid(EntryId file, string expires, string signature, DateTimeOffset now)
    {
        if (!long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var end)
            || end <= now.ToUnixTimeSeconds() || signature.Length > 64 || !Base64Url.IsValid(signature))
        {
            return false;
        }

        Span<byte> given = stackalloc byte[64];
        return Base64Url.TryDecodeFromChars(signature, given, out var length) && length == SignatureBytes
            && CryptographicOperations.FixedTimeEquals(Sign(file, end), given[..length]);
    }

    private byte[] Sign(EntryId file, long expires) => HMACSHA256.HashData(
        _key, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{file} {expires}")));
}
