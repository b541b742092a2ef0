using System.Runtime.CompilerServices;

namespace Postroom.Browser.Tests;

/// <summary>Where things lie in the repository.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string ContactExample { get; } = Path.Combine(Root, "examples", "contact");

    public static string ConsoleAssets { get; } = Path.Combine(Root, "src", "Postroom.Console", "Assets");

    public static string Screenshots { get; } = Path.Combine(Root, "artifacts", "screenshots");

    /// <summary>The server that was built beside the tests, or the one that POSTROOM_SERVER names.</summary>
    public static string Server { get; } = Environment.GetEnvironmentVariable("POSTROOM_SERVER") ?? Built();

    private static string Built()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var program = OperatingSystem.IsWindows() ? "Postroom.Server.exe" : "Postroom.Server";
        return Path.GetFullPath(
            Path.Combine(AppContext.BaseDirectory, "..", "..", "Postroom.Server", configuration, program));
    }

    private static string FindRoot([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
