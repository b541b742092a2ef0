namespace Postroom.Declarations.Loading;

/// <summary>The path of a file without symbolic links in it.</summary>
internal static class RealPath
{
    private const int LinksMax = 40;

    private static readonly char[] s_separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];

    /// <summary>Null when links lead in a circle. What does not exist has the path that it would have.</summary>
    /// <param name="path">An absolute path.</param>
    public static string? Of(string path)
    {
        var names = new Stack<string>();
        var real = Begin(path, names);
        for (var links = 0; names.TryPop(out var name);)
        {
            if (name == "..")
            {
                real = Path.GetDirectoryName(real) ?? real;
            }
            else if (new FileInfo(Path.Combine(real, name)).LinkTarget is not { } target)
            {
                real = Path.Combine(real, name);
            }
            else if (++links > LinksMax)
            {
                return null;
            }
            else
            {
                real = Path.IsPathRooted(target) ? Begin(target, names) : Push(target, names, real);
            }
        }

        return real;
    }

    private static string Begin(string path, Stack<string> names)
    {
        var root = Path.GetPathRoot(path)!;
        return Push(path[root.Length..], names, root);
    }

    private static string Push(string path, Stack<string> names, string real)
    {
        foreach (var name in path.Split(s_separators).Reverse().Where(name => name is not ("" or ".")))
        {
            names.Push(name);
        }

        return real;
    }
}
