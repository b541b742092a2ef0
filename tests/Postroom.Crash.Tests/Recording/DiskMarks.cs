namespace Postroom.Crash.Tests.Recording;

/// <summary>What else is known of a recorded call; the numbers are those of recorder.h.</summary>
[Flags]
internal enum DiskMarks
{
    None = 0,
    Dropped = 1,
    Created = 2,
    Folder = 4,
    WriteThrough = 8,
    Injected = 16,
}
