namespace Postroom.Crash.Tests.Recording;

/// <summary>What a recorded call asked for; the numbers are those of recorder.h.</summary>
internal enum DiskOperationKind
{
    Open = 1,
    Close = 2,
    Write = 3,
    Truncate = 4,
    Allocate = 5,
    Sync = 6,
    Rename = 7,
    Unlink = 8,
    Link = 9,
    MakeFolder = 10,
    RemoveFolder = 11,
    Map = 12,
    Unsupported = 13,
}
