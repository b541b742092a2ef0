using Postroom.Storage;

namespace Postroom.Identity;

/// <summary>A sign-in link that is genuine and has not ended; whether it was used, the store knows.</summary>
/// <param name="Use">By what its use is remembered.</param>
/// <param name="ExpiresAt">When it ends, in Unix milliseconds.</param>
internal readonly record struct SignInLink(KeyHash Use, long ExpiresAt)
{
    /// <summary>The unit that uses the link: committed for the first who asks, refused for everybody after.</summary>
    public PostUnit Consume() => new() { Guards = [new TokenUnused(Use)], Writes = [new UseToken(Use, ExpiresAt)] };
}
