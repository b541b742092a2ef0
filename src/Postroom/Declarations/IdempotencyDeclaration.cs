namespace Postroom.Declarations;

/// <summary>How repeats are known.</summary>
public sealed record IdempotencyDeclaration
{
    /// <summary>Optional unless told.</summary>
    public IdempotencyMode Mode { get; init; } = IdempotencyMode.Optional;

    /// <summary>How long a key and its answer are kept; 24 hours unless told, 1 minute to 90 days.</summary>
    public TimeSpan Keep { get; init; } = TimeSpan.FromHours(24);

    /// <summary>
    /// The same content from the same client within this time is one message, for browsers that send neither key nor
    /// token; zero for off. Null for the default: 10 seconds where the schema requires an e-mail or telephone field,
    /// else off.
    /// </summary>
    public TimeSpan? SameContent { get; init; }

    /// <summary>
    /// Refuse a request whose <c>Idempotency-First-Sent</c> header, or whose UUIDv7 key, is older than <see
    /// cref="Keep"/>. Off unless told.
    /// </summary>
    public bool RefuseLate { get; init; }
}
