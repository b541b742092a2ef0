namespace Postroom.Storage;

/// <summary>Consumes a single-use secret until it would have expired anyway, in Unix milliseconds.</summary>
public sealed record UseToken(KeyHash Token, long ExpiresAt) : Write;
