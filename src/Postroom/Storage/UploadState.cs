namespace Postroom.Storage;

/// <summary>Where an upload stands. The numbers are stored: never change one.</summary>
public enum UploadState
{
    /// <summary>Bytes are still to come.</summary>
    Open = 0,

    /// <summary>All there, and an entry names its file.</summary>
    Finished = 1,

    /// <summary>Given up by its sender or refused at its end; kept a while, so that it can be told.</summary>
    Cancelled = 2,
}
