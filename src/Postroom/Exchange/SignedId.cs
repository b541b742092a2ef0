using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Postroom.Storage;

namespace Postroom.Exchange;

/// <summary>
/// An id that nobody else can have made: 16 bytes and 128 bits of signature for one purpose and context. It needs no
/// storage: the one-time token of a form page, the address of a receipt.
/// </summary>
internal sealed class SignedId(ReadOnlySpan<byte> secret, string purpose)
{
    private const int SignatureBytes = 16;
    private const int TokenBytes = EntryId.Size + SignatureBytes;
    private const int TextMax = 64;
    private readonly byte[] _key = SigningKeys.Derive(secret, purpose);

    public string Make(EntryId id, string context)
    {
        Span<byte> token = stackalloc byte[TokenBytes];
        id.WriteTo(token);
        Sign(id, context, token[EntryId.Size..]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>False when the text is not one of ours for this purpose and context.</summary>
    public bool TryRead(string text, string context, out EntryId id)
    {
        id = default;
        Span<byte> token = stackalloc byte[TokenBytes];
        if (text.Length > TextMax || !Base64Url.IsValid(text)
            || !Base64Url.TryDecodeFromChars(text, token, out var written) || written != TokenBytes)
        {
            return false;
        }

        var claimed = EntryId.Read(token);
        Span<byte> expected = stackalloc byte[SignatureBytes];
        Sign(claimed, context, expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, token[EntryId.Size..]))
        {
            return false;
        }

        id = claimed;
        return true;
    }

    private void Sign(EntryId id, string context, Span<byte> signature)
    {
        var message = new byte[EntryId.Size + Encoding.UTF8.GetByteCount(context)];
        id.WriteTo(message);
        Encoding.UTF8.GetBytes(context, message.AsSpan(EntryId.Size));
        Span<byte> digest = stackalloc byte[32];
        HMACSHA256.HashData(_key, message, digest);
        digest[..SignatureBytes].CopyTo(signature);
    }
}
