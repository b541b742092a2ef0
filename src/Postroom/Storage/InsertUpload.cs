namespace Postroom.Storage;

/// <summary>Begins an upload, or records one that came in one piece. Its id is fresh.</summary>
public sealed record InsertUpload(Upload Upload) : Write;
