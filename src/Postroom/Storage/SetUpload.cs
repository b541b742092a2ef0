namespace Postroom.Storage;

/// <summary>
/// Writes where an upload stands: all but its id, endpoint, caller and creation. One that is not there stays so. Guard
/// it with <see cref="UploadHeld"/>.
/// </summary>
public sealed record SetUpload(Upload Upload) : Write;
