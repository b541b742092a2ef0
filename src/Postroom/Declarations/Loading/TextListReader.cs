using System.Text;
using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>
/// Reads a list of texts that stands in the declaration or in a text file beside it: one on each line, empty lines
/// and those that begin with <c>#</c> left out.
/// </summary>
internal static class TextListReader
{
    public static IReadOnlyList<string> Read(
        LoadScope scope, SourceMapping mapping, string key, ListReader.Parse parse, int max) =>
        mapping.Text(key) is { } path
            ? FromFile(scope, path, parse, max)
            : ListReader.Read(scope, mapping, key, parse);

    private static List<string> FromFile(LoadScope scope, SourceScalar path, ListReader.Parse parse, int max)
    {
        var shown = Excerpt.Of(path.Text);
        var absolute = scope.Absolute(path.Text);
        if (!scope.Files.Contains(absolute))
        {
            scope.Files.Add(absolute);
        }

        if (SourceFile.Read(absolute, out var unreadable) is not { } bytes)
        {
            scope.Fault(path, unreadable is null
                ? $"The file `{shown}` does not exist. Paths are relative to this file."
                : $"The file `{shown}` cannot be read: {unreadable}");
            return [];
        }

        if (bytes.Length > YamlDocument.BytesMax)
        {
            scope.Fault(path, $"The file `{shown}` is larger than 1 MB.");
            return [];
        }

        if (!System.Text.Unicode.Utf8.IsValid(bytes))
        {
            scope.Fault(path, $"The file `{shown}` is not UTF-8. Save it as UTF-8.");
            return [];
        }

        var items = Lines(scope, scope.Named(path.Text), Encoding.UTF8.GetString(bytes), parse);
        if (items.Count > max)
        {
            scope.Fault(path, $"The file `{shown}` holds {items.Count} lines; at most {max} are taken.");
        }

        return items;
    }

    private static List<string> Lines(LoadScope scope, string file, string text, ListReader.Parse parse)
    {
        var items = new HashSet<string>(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in text.TrimStart('\uFEFF').EnumerateLines())
        {
            number++;
            var item = line.Trim();
            if (item.IsEmpty || item[0] == '#')
            {
                continue;
            }

            if (parse(item.ToString(), out var fault) is { } normal)
            {
                items.Add(normal);
            }
            else
            {
                scope.Faults.Add(file, new(number, 1), fault!);
            }
        }

        return [.. items];
    }
}
