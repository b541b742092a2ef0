namespace Postroom.Storage;

/// <summary>
/// The key stands for no entry, or only for one that has expired at <paramref name="Now"/>. Otherwise the unit ends as
/// <see cref="UnitVerdict.Duplicate"/> when the fingerprints are equal, else as <see cref="UnitVerdict.Refused"/>.
/// </summary>
/// <param name="Key">The hash of key and scope.</param>
/// <param name="Fingerprint">What this request asks.</param>
/// <param name="Now">Unix milliseconds.</param>
public sealed record KeyFree(KeyHash Key, Fingerprint Fingerprint, long Now) : Guard;
