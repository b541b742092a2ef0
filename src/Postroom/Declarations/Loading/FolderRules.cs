using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>Folders exist, and the site never publishes the data or the declaration.</summary>
internal static class FolderRules
{
    public static void Check(LoadScope scope, SourceMapping root, PostroomDeclaration declaration)
    {
        if (root.Text("data") is { } data && File.Exists(declaration.Data))
        {
            scope.Fault(data, $"`data` is a file: {Excerpt.Of(data.Text)}. Name a folder.");
        }

        if (declaration.Site is null || root.Text("site") is not { } site)
        {
            return;
        }

        var shown = Excerpt.Of(site.Text);
        if (!Directory.Exists(declaration.Site))
        {
            scope.Fault(site, $"The folder `{shown}` of `site` does not exist. Create it or remove the key.");
        }
        else if (Holds(declaration.Site, scope.Folder))
        {
            scope.Fault(site, $"`{shown}` holds the declaration itself, which would be public. Name one below it.");
        }
        else if (Holds(declaration.Site, declaration.Data))
        {
            scope.Fault(site, $"`{shown}` holds the data folder, which would be public. Move `data` out of it.");
        }
    }

    private static bool Holds(string folder, string path)
    {
        var relative = Path.GetRelativePath(folder, path);
        return relative == "." || !(relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative));
    }
}
