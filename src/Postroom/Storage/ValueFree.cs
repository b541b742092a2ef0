namespace Postroom.Storage;

/// <summary>No stored entry holds the value under this rule. Its write is <see cref="ClaimValue"/>.</summary>
/// <param name="Endpoint">The path of the endpoint.</param>
/// <param name="Rule">The rule of the endpoint by which values are unique, never empty.</param>
/// <param name="Digest">The SHA-256 of the value: the store never sees the value itself.</param>
public sealed record ValueFree(string Endpoint, string Rule, Fingerprint Digest) : Guard;
