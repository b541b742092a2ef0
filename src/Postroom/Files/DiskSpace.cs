namespace Postroom.Files;

/// <summary>Tells a full disk from a broken one.</summary>
internal static class DiskSpace
{
    // errno of Linux and macOS: ENOSPC is 28 on both, EDQUOT 122 and 69, EFBIG 27 on both.
    private static readonly int[] s_unix = [28, OperatingSystem.IsMacOS() ? 69 : 122, 27];

    // ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL.
    private static readonly int[] s_windows = [unchecked((int)0x80070027), unchecked((int)0x80070070)];

    /// <summary>
    /// Bytes that the process may still write where the folder is or will be; null where nobody says.
    /// </summary>
    public static long? FreeOf(string folder)
    {
        try
        {
            var there = folder;
            while (!Directory.Exists(there) && Path.GetDirectoryName(there) is { } above)
            {
                there = above;
            }

            return new DriveInfo(there).AvailableFreeSpace;
        }
        catch (Exception failure) when (failure is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static bool IsShort(IOException failure) =>
        (OperatingSystem.IsWindows() ? s_windows : s_unix).Contains(failure.HResult);
}
