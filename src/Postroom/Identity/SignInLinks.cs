using Postroom.Storage;

namespace Postroom.Identity;

/// <summary>
/// One-time links into the inbox. Making one needs the store's secret only, so a command can do it beside a running
/// server.
/// </summary>
internal sealed class SignInLinks(ReadOnlyMemory<byte> secret, TimeProvider time, EntropySource entropy)
{
    /// <summary>Where a link leads, without its token.</summary>
    public const string Path = "/_postroom/sign-in";

    /// <summary>How long a link can be used.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(15);

    private readonly SealedToken _tokens = new(secret, "postroom sign-in link 1");

    /// <summary>A fresh link: path and query, to be put behind the server's address.</summary>
    public string MakePath() => $"{Path}?token={_tokens.Create(Now() + (long)Life.TotalMilliseconds, entropy)}";

    /// <summary>Reads the token of a link; false when it is not ours or has ended.</summary>
    public bool TryRead(string? token, out SignInLink link)
    {
        var valid = _tokens.TryRead(token, Now(), out var use, out var expiresAt);
        link = new SignInLink(use, expiresAt);
        return valid;
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
