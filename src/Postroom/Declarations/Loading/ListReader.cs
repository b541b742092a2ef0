using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>Reads lists of texts that have a normal form; an item twice is kept once.</summary>
internal static class ListReader
{
    /// <summary>The normal form, or null and what is wrong.</summary>
    public delegate string? Parse(string text, out string? fault);

    public static IReadOnlyList<string> Read(LoadScope scope, SourceMapping mapping, string key, Parse parse)
    {
        var items = new List<string>();
        foreach (var item in mapping.Texts(key))
        {
            if (parse(item.Text, out var fault) is { } normal)
            {
                items.Add(normal);
            }
            else
            {
                scope.Fault(item, fault!);
            }
        }

        return [.. items.Distinct(StringComparer.Ordinal)];
    }
}
