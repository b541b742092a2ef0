using System.Globalization;
using Postroom.JsonSchema;

namespace Postroom.Declarations.Loading;

/// <summary>A JSON Pointer (RFC 6901) of a document, cut into names.</summary>
internal sealed record SchemaPath(IReadOnlyList<string> Names)
{
    public static SchemaPath Of(string pointer) => new(
    [
        .. pointer.Split('/').Skip(1).Select(name =>
            name.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)),
    ]);

    public string Last => Names.Count == 0 ? "" : Names[^1];

    public SchemaPath Parent => new([.. Names.SkipLast(1)]);

    /// <summary>The value's name for people: <c>`kind`</c>, <c>item 2 of `origins`</c>, <c>The file</c>.</summary>
    public string Shown => (Names, IsItem) switch
    {
        ({ Count: 0 }, _) => "The file",
        (_, true) => string.Create(
            CultureInfo.InvariantCulture,
            $"Item {int.Parse(Last, CultureInfo.InvariantCulture) + 1} of {Parent.Shown}"),
        _ => $"`{Yaml.Excerpt.Of(Last)}`",
    };

    private bool IsItem =>
        Names.Count > 1 && Last.Length is > 0 and < 8 && Last.All(char.IsAsciiDigit);

    /// <summary>What the schema says of the value.</summary>
    public SchemaView? View(SchemaView root)
    {
        SchemaView? view = root;
        foreach (var name in Names)
        {
            view = view?.Property(name)?.Schema ?? view?.Items ?? view?.AdditionalProperties;
        }

        return view;
    }
}
