using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Postroom.Storage;

namespace Postroom.Identity;

/// <summary>
/// Sessions of the inbox, kept by the browser as a signed cookie. The store is asked only whether a session was ended.
/// </summary>
internal sealed class ConsoleSessions
{
    /// <summary>How long a session lasts.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(12);

    private readonly TimeProvider _time;
    private readonly EntropySource _entropy;
    private readonly SealedToken _tokens;
    private readonly byte[] _formKey;

    public ConsoleSessions(ReadOnlyMemory<byte> secret, TimeProvider time, EntropySource entropy)
    {
        _time = time;
        _entropy = entropy;
        _tokens = new SealedToken(secret, "postroom console session 1");
        _formKey = HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            secret.ToArray(),
            HMACSHA256.HashSizeInBytes,
            info: "postroom console form 1"u8.ToArray());
    }

    /// <summary>The value of the cookie for a new session.</summary>
    public string Create() => _tokens.Create(Now() + (long)Life.TotalMilliseconds, _entropy);

    /// <summary>
    /// The session that a cookie stands for; null when it is not ours, or has ended by time or by signing out.
    /// </summary>
    public ConsoleSession? Find(string? cookie, IStoreReader reader) =>
        _tokens.TryRead(cookie, Now(), out var use, out var expiresAt) && !reader.IsTokenUsed(use)
            ? new ConsoleSession(use, expiresAt, FormTokenOf(use))
            : null;

    /// <summary>True when a form was made for this session.</summary>
    public static bool IsFormOf(ConsoleSession session, string? formToken) => formToken is not null
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(formToken), Encoding.UTF8.GetBytes(session.FormToken));

    private string FormTokenOf(KeyHash use)
    {
        Span<byte> id = stackalloc byte[KeyHash.Size];
        use.WriteTo(id);
        return Base64Url.EncodeToString(HMACSHA256.HashData(_formKey, id));
    }

    private long Now() => _time.GetUtcNow().ToUnixTimeMilliseconds();
}
