using System.Text.Json;
using Postroom.Declarations.Yaml;
using Postroom.JsonSchema;

namespace Postroom.Declarations.Loading;

/// <summary>
/// Keys and values that the schema knows but that this version cannot carry out: the schema marks them with
/// <c>x-unavailable</c>, which says what to do instead, and <c>x-unavailable-values</c>. They are named, never
/// accepted and ignored.
/// </summary>
internal static class UnavailableKeys
{
    public static bool IsMarked(SchemaView view) => Remedy(view) is not null;

    /// <summary>Values of an enumeration that are not available.</summary>
    public static IReadOnlyList<string> ValuesOf(SchemaView view) =>
        view.Extension("x-unavailable-values") is { } list ? Texts(JsonElementOf(list).EnumerateArray()) : [];

    /// <summary>Values of an enumeration that are available.</summary>
    public static IReadOnlyList<string> AvailableValues(SchemaView view) =>
        [.. Texts(view.EnumValues.Select(JsonElementOf)).Except(ValuesOf(view))];

    public static void Report(LoadScope scope, SourceNode node, SchemaView view)
    {
        if (node is not SourceMapping mapping)
        {
            return;
        }

        var others = view.AdditionalProperties;
        foreach (var entry in mapping.Entries.Values)
        {
            if ((view.Property(entry.Key)?.Schema ?? others) is not { } below)
            {
                continue;
            }

            if (Remedy(below) is { } remedy)
            {
                scope.Fault(entry.KeyPlace, Availability.Missing($"`{entry.Key}`", remedy));
            }
            else if (entry.Value is SourceScalar value && ValuesOf(below).Contains(value.Text))
            {
                scope.Fault(value, Unavailable(entry, value, below));
            }
            else
            {
                Report(scope, entry.Value, below);
            }
        }
    }

    private static string? Remedy(SchemaView view) =>
        view.Extension("x-unavailable") is { } text ? JsonElementOf(text).GetString() : null;

    private static string Unavailable(SourceEntry entry, SourceScalar value, SchemaView view)
    {
        var remedy = string.Join(" or ", AvailableValues(view).Select(other => $"`{entry.Key}: {other}`"));
        return Availability.Missing($"`{entry.Key}: {value.Text}`", $"Use {remedy}.");
    }

    private static JsonElement JsonElementOf(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private static IReadOnlyList<string> Texts(IEnumerable<JsonElement> values) =>
        [.. values.Select(value => value.ToString())];
}
