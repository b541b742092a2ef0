namespace Postroom.Declarations;

/// <summary>
/// What a browser computes before it may send: it looks for a number up to a maximum, by trying. Without its proof a
/// message is held.
/// </summary>
public sealed record ProofOfWorkDeclaration
{
    /// <summary>The field in which the proof comes.</summary>
    public const string Field = "altcha";

    /// <summary>The smallest maximum that can be declared.</summary>
    public const int MaxNumberLeast = 1_000;

    /// <summary>The largest maximum that can be declared.</summary>
    public const int MaxNumberMost = 10_000_000;

    /// <summary>The shortest time that can be declared.</summary>
    public static readonly TimeSpan ExpiresLeast = TimeSpan.FromMinutes(1);

    /// <summary>The longest time that can be declared.</summary>
    public static readonly TimeSpan ExpiresMost = TimeSpan.FromDays(1);

    /// <summary>The number lies between 0 and this, and half of it is tried on average; 100,000 unless told.</summary>
    public int MaxNumber { get; init; } = 100_000;

    /// <summary>How long a challenge can be answered; 20 minutes unless told.</summary>
    public TimeSpan Expires { get; init; } = TimeSpan.FromMinutes(20);
}
