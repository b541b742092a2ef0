using System.Text.Json.Nodes;
using Postroom.JsonSchema.Bundling;

namespace Postroom.JsonSchema;

/// <summary>
/// Schemas that stand beside each other in one document, such as the components of OpenAPI: each has a name, what it
/// refers to becomes one of them, and every <c>$ref</c> leads to a name. They are written as 2020-12, whatever draft
/// they came in. Where <c>$dynamicRef</c> or <c>$recursiveRef</c> depends on the way, the nearest target is named.
/// </summary>
/// <param name="prefix">What stands before a name in a reference, such as <c>#/components/schemas/</c>.</param>
public sealed class SchemaBundle(string prefix)
{
    private readonly Dictionary<(string Document, string Pointer), List<BundledPlace>> _shared = [];

    /// <summary>The schemas by name, in the order in which they came.</summary>
    public JsonObject Schemas { get; } = [];

    /// <summary>Adds a schema and everything that it refers to. A document to which several refer comes once.</summary>
    /// <param name="name">What it should be called; a number follows where the name is taken.</param>
    /// <param name="utf8Schema">A schema that compiles, UTF-8.</param>
    /// <param name="options">What it was compiled with; null for the defaults.</param>
    /// <returns>What it is called.</returns>
    /// <exception cref="ArgumentException">The schema does not compile.</exception>
    public string Add(string name, ReadOnlyMemory<byte> utf8Schema, SchemaOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new BundleWriter(this, options ?? SchemaOptions.Default).Write(name, utf8Schema.ToArray());
    }

    /// <summary>The value of a <c>$ref</c> to a schema of the bundle.</summary>
    public string ReferenceTo(string name) => prefix + name;

    /// <summary>Takes a name for what is written next.</summary>
    internal string Reserve(string wanted)
    {
        string plain = string.Concat(wanted.Select(character => IsPlain(character) ? character : '_'));
        plain = plain.Length == 0 ? "Schema" : plain;
        string name = plain;
        for (int number = 2; Schemas.ContainsKey(name); number++)
        {
            name = plain + number;
        }

        Schemas[name] = null;
        return name;
    }

    internal List<BundledPlace> SharedAt(string document, string pointer)
    {
        if (!_shared.TryGetValue((document, pointer), out List<BundledPlace>? places))
        {
            _shared[(document, pointer)] = places = [];
        }

        return places;
    }

    // OpenAPI 3.1, section 4.8.7: ^[a-zA-Z0-9\.\-_]+$
    private static bool IsPlain(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_';
}
