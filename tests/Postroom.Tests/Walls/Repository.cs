namespace Postroom.Tests.Walls;

/// <summary>Finds the repository that the tests were built from, and reads its sources as text.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static IEnumerable<SourceFile> Sources(params string[] folders) =>
        from folder in folders
        from path in Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
        where !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)
            && !path.Contains("/node_modules/", StringComparison.Ordinal)
        select new SourceFile(Path.GetRelativePath(Root, path), File.ReadAllLines(path));

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Postroom.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests do not lie in the repository.");
    }
}
