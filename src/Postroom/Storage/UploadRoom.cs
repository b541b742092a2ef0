namespace Postroom.Storage;

/// <summary>
/// There is room for so many bytes more within a quota of uploads. What is there is what <see cref="UploadUsage"/>
/// tells; it counts what the unit's neighbours in the same commit take.
/// </summary>
/// <param name="Endpoint">The path of the endpoint.</param>
/// <param name="Caller">Whose quota it is; null for that of all callers together.</param>
/// <param name="Bytes">Bytes that are to be added.</param>
/// <param name="BytesMax">Bytes that may be there then; null for no bound.</param>
/// <param name="OpenMax">How many uploads may be open, the new one among them; null for no bound.</param>
public sealed record UploadRoom(string Endpoint, string? Caller, long Bytes, long? BytesMax, int? OpenMax) : Guard
{
    /// <summary>True when there is room beside what is there.</summary>
    internal bool Holds(UploadUsage usage) =>
        (BytesMax is null || usage.Bytes + Bytes <= BytesMax) && (OpenMax is null || usage.Open < OpenMax);
}
