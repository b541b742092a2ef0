using Postroom.Storage;

namespace Postroom.Identity;

/// <summary>Somebody who is signed in to the inbox.</summary>
/// <param name="Use">By what the end of the session is remembered.</param>
/// <param name="ExpiresAt">When it ends by itself, in Unix milliseconds.</param>
/// <param name="FormToken">What every form of this session carries, so that no other page can post it.</param>
internal sealed record ConsoleSession(KeyHash Use, long ExpiresAt, string FormToken)
{
    /// <summary>The unit that ends the session.</summary>
    public PostUnit End() => new() { Guards = [], Writes = [new UseToken(Use, ExpiresAt)] };
}
