using System.Collections.ObjectModel;
using Postroom.Declarations.Yaml;
using Postroom.Faults;

namespace Postroom.Declarations.Loading;

/// <summary>Reads <c>formats</c> and <c>xml</c>: the bodies that an endpoint takes, and its names in XML.</summary>
internal static class FormatsReader
{
    public static IReadOnlyList<string> Names(LoadScope scope, SourceMapping endpoint)
    {
        if (endpoint.Find("formats") is null)
        {
            return BodyFormatNames.Default;
        }

        return ListReader.Read(scope, endpoint, "formats", (string text, out string? fault) =>
        {
            var known = scope.Context.Formats;
            fault = known.Contains(text)
                ? null
                : $"`{Excerpt.Of(text)}` is no format that is read here. There are {string.Join(", ", known)}."
                    + NearestName.Suggest(text, known);
            return fault is null ? text : null;
        });
    }

    public static ReadOnlyDictionary<string, string> Namespaces(LoadScope scope, SourceMapping endpoint)
    {
        var namespaces = new Dictionary<string, string>(StringComparer.Ordinal);
        if (endpoint.Mapping("xml")?.Mapping("namespaces") is not { } mapping)
        {
            return namespaces.AsReadOnly();
        }

        foreach (var entry in mapping.Entries.Values)
        {
            if (entry.Key.Length == 0 || !char.IsLetter(entry.Key[0])
                || !entry.Key.All(letter => char.IsLetterOrDigit(letter) || letter == '-'))
            {
                scope.Fault(entry.KeyPlace, $"`{Excerpt.Of(entry.Key)}` cannot be a prefix. Use letters and digits.");
            }
            else if (entry.Value is SourceScalar { Kind: ScalarKind.String, Text.Length: > 0 } address)
            {
                if (namespaces.ContainsValue(address.Text))
                {
                    scope.Fault(address, $"`{Excerpt.Of(address.Text)}` has two prefixes. Keep one.");
                }

                namespaces[entry.Key] = address.Text;
            }
        }

        return namespaces.AsReadOnly();
    }
}
