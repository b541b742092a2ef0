using System.Runtime.CompilerServices;

namespace Postroom.JsonSchema.Tests;

/// <summary>Public test data beside the repository, or where POSTROOM_CORPORA says.</summary>
internal static class Corpora
{
    public static string? Find(string folder)
    {
        string root = Environment.GetEnvironmentVariable("POSTROOM_CORPORA")
            ?? Path.Combine(RepositoryRoot(), "..", "shared", "corpora");
        string path = Path.Combine(root, folder);
        return Directory.Exists(path) ? path : null;
    }

    public static string Require(string folder)
    {
        string? path = Find(folder);
        Assert.SkipWhen(path is null, $"the corpus {folder} is not here; set POSTROOM_CORPORA");
        return path!;
    }

    public static string RepositoryRoot() => RootAbove();

    private static string RootAbove([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", ".."));
}
