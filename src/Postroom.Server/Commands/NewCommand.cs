using System.CommandLine;
using System.Reflection;

namespace Postroom.Server.Commands;

internal static class NewCommand
{
    private const string Prefix = "Templates/";

    public static Command Make()
    {
        var name = new Argument<string>("NAME")
        {
            Description = "What to begin with: " + string.Join(", ", Names()) + ".",
        };
        var into = new Option<string?>("--into") { Description = "The folder to make; NAME unless told." };
        var command = new Command("new", "Makes a folder with a declaration and a page to begin with.") { name, into };
        command.SetAction(result => Run(result.GetValue(name)!, result.GetValue(into)));
        return command;
    }

    private static int Run(string name, string? into)
    {
        var files = Resources(name).ToList();
        if (files.Count == 0)
        {
            throw new CommandException($"There is no template \"{name}\". There are: {string.Join(", ", Names())}.");
        }

        var folder = into ?? name;
        foreach (var file in files)
        {
            var target = Path.Combine(folder, file.Target);
            if (File.Exists(target))
            {
                throw new CommandException(
                    $"{target} exists already. Nothing was overwritten. Try `--into another-folder`.");
            }
        }

        files.ForEach(file => Copy(file.Resource, Path.Combine(folder, file.Target)));
        Console.Out.WriteLine($"Made {files.Count} files in {folder}. Start it: postroom serve {folder}");
        return ExitCodes.Done;
    }

    private static void Copy(string resource, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        using var source = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        using var file = File.Create(target);
        source.CopyTo(file);
    }

    private static IEnumerable<(string Resource, string Target)> Resources(string name) =>
        from resource in Assembly.GetExecutingAssembly().GetManifestResourceNames()
        let start = Prefix + name + "/"
        where resource.StartsWith(start, StringComparison.Ordinal)
        select (resource, resource[start.Length..]);

    private static IEnumerable<string> Names() => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(resource => resource.StartsWith(Prefix, StringComparison.Ordinal))
        .Select(resource => resource.Split('/')[1]).Distinct().Order(StringComparer.Ordinal);
}
