using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Postroom.Storage;

namespace Postroom.Identity;

/// <summary>
/// Makes and reads tokens that only this store can have made: an end, 16 random bytes, and an HMAC-SHA256 over both, as
/// base64url. Each purpose has a key of its own (HKDF, RFC 5869), so that a token of one is nothing to another.
/// </summary>
internal sealed class SealedToken
{
    private const int RandomBytes = 16;
    private const int PayloadBytes = sizeof(long) + RandomBytes;
    private const int TokenBytes = PayloadBytes + HMACSHA256.HashSizeInBytes;
    private const int TextMaximum = 100;

    private readonly byte[] _key;
    private readonly byte[] _purpose;

    /// <param name="secret">The store's secret.</param>
    /// <param name="purpose">What the tokens are for: never change one, or those in use end.</param>
    public SealedToken(ReadOnlyMemory<byte> secret, string purpose)
    {
        _purpose = Encoding.ASCII.GetBytes(purpose);
        _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret.ToArray(), HMACSHA256.HashSizeInBytes, info: _purpose);
    }

    /// <summary>A fresh token.</summary>
    /// <param name="expiresAt">When it ends, in Unix milliseconds.</param>
    /// <param name="entropy">Where its random bytes come from.</param>
    public string Create(long expiresAt, EntropySource entropy)
    {
        Span<byte> token = stackalloc byte[TokenBytes];
        BinaryPrimitives.WriteInt64BigEndian(token, expiresAt);
        entropy.Fill(token[sizeof(long)..PayloadBytes]);
        HMACSHA256.HashData(_key, token[..PayloadBytes], token[PayloadBytes..]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Reads a token; false when it is not one of ours or has ended at <paramref name="now"/>.</summary>
    /// <param name="text">The token as it came.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="use">By what its use is remembered.</param>
    /// <param name="expiresAt">When it ends, in Unix milliseconds.</param>
    public bool TryRead(string? text, long now, out KeyHash use, out long expiresAt)
    {
        use = default;
        expiresAt = 0;
        Span<byte> token = stackalloc byte[TextMaximum];
        if (text is null or { Length: > TextMaximum }
            || Base64Url.DecodeFromChars(text, token, out _, out var written) != OperationStatus.Done
            || written != TokenBytes)
        {
            return false;
        }

        var payload = token[..PayloadBytes];
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, payload, expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, token[PayloadBytes..TokenBytes]))
        {
            return false;
        }

        expiresAt = BinaryPrimitives.ReadInt64BigEndian(payload);
        use = UseOf(payload);
        return now < expiresAt;
    }

    // Not the HMAC itself: what the store remembers must not help to make a token.
    private KeyHash UseOf(ReadOnlySpan<byte> payload)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData([.. _purpose, .. payload], digest);
        return KeyHash.Read(digest);
    }
}
