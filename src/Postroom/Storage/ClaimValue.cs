namespace Postroom.Storage;

/// <summary>
/// Has a stored entry hold a value until it is deleted or moved to another state; without effect when there is no such
/// entry or it is not stored. A value that another holds moves to this one: <see cref="ValueFree"/> prevents that.
/// </summary>
/// <param name="Endpoint">The path of the endpoint.</param>
/// <param name="Rule">The rule of the endpoint by which values are unique, never empty.</param>
/// <param name="Digest">The SHA-256 of the value.</param>
/// <param name="Entry">The entry, which may be one that the same unit inserts before.</param>
public sealed record ClaimValue(string Endpoint, string Rule, Fingerprint Digest, EntryId Entry) : Write
{
    /// <summary>The guard that belongs to it.</summary>
    internal ValueFree Guard => new(Endpoint, Rule, Digest);
}
