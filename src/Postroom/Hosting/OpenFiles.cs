using System.Globalization;

namespace Postroom.Hosting;

/// <summary>
/// How many files this process may have open: a connection is one of them, and when connections take them all, neither
/// the store nor an upload can open its own.
/// </summary>
internal static class OpenFiles
{
    private const string Limits = "/proc/self/limits";
    private const string Row = "Max open files";
    private const int KeptMin = 256;

    /// <summary>Connections that leave a tenth of the files for everything else; null where nobody says.</summary>
    public static int? RoomForConnections { get; } = Room(Read());

    /// <param name="limit">The limit of open files, as /proc/self/limits shows it.</param>
    public static int? Room(string? limit) =>
        long.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var files)
            ? (int)Math.Clamp(files - Math.Max(KeptMin, files / 10), 1, int.MaxValue)
            : null;

    private static string? Read()
    {
        try
        {
            var line = File.Exists(Limits)
                ? File.ReadLines(Limits).FirstOrDefault(line => line.StartsWith(Row, StringComparison.Ordinal))
                : null;
            return line?[Row.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
