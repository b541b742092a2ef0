namespace Postroom.Crash.Tests.Oracles;

/// <summary>A success that a client has read to its end.</summary>
/// <param name="Key">The idempotency key.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The answer's bytes; null where the client does not see them.</param>
/// <param name="Moment">When it had read them, in nanoseconds of CLOCK_MONOTONIC.</param>
internal sealed record Acknowledgement(string Key, int Status, byte[]? Body, long Moment);
