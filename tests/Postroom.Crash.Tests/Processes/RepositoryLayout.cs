namespace Postroom.Crash.Tests.Processes;

/// <summary>Where things lie, from the folder of the solution.</summary>
internal static class RepositoryLayout
{
    private static readonly string Root = FindRoot();

    public static string Folder(string relative) => Path.Combine(Root, relative);

    public static string Executable(string project) => Folder($"artifacts/bin/{project}/release/{project}");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Postroom.slnx")))
            {
                return folder.FullName;
            }
        }
        throw new InvalidOperationException("The tests run outside the repository.");
    }
}
