namespace Postroom.Storage;

/// <summary>
/// The upload is open and still belongs to this request: what keeps a request that was taken over from moving it.
/// </summary>
public sealed record UploadHeld(EntryId Id, long Fence) : Guard;
