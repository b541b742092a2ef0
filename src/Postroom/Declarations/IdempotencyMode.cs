namespace Postroom.Declarations;

/// <summary>What an endpoint asks of <c>Idempotency-Key</c>.</summary>
public enum IdempotencyMode
{
    /// <summary>A key is honoured where there is one.</summary>
    Optional,

    /// <summary>A POST without a key is refused.</summary>
    Required,
}
