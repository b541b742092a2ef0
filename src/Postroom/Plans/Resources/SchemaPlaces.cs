using Postroom.JsonSchema;

namespace Postroom.Plans.Resources;

/// <summary>Goes over the fields that a schema names inside other fields; one that recurs is gone into once.</summary>
internal static class SchemaPlaces
{
    /// <summary>The fields below those of the root, each with its JSON Pointer; those of items with a star.</summary>
    public static IReadOnlyList<(string Pointer, SchemaView View)> Below(SchemaView root)
    {
        var places = new List<(string, SchemaView)>();
        var seen = new HashSet<SchemaView> { root };
        foreach (var property in root.Properties)
        {
            Add(property.Schema, "/" + Escaped(property.Name), places, seen);
        }

        return places;
    }

    private static void Add(
        SchemaView view, string pointer, List<(string, SchemaView)> places, HashSet<SchemaView> seen)
    {
        if (!seen.Add(view))
        {
            return;
        }

        foreach (var property in view.Properties)
        {
            var below = $"{pointer}/{Escaped(property.Name)}";
            places.Add((below, property.Schema));
            Add(property.Schema, below, places, seen);
        }

        if (view.Items is { } items)
        {
            places.Add((pointer + "/*", items));
            Add(items, pointer + "/*", places, seen);
        }
    }

    // RFC 6901 §3.
    public static string Escaped(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
