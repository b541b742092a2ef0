using System.Collections.Frozen;
using System.Text;
using Postroom.JsonSchema.Model;

namespace Postroom.JsonSchema;

/// <summary>
/// What a schema says at one place, read-only. <c>$ref</c> and <c>allOf</c> are followed: the view is of everything
/// that holds together there. Alternatives (anyOf, oneOf) widen <see cref="Types"/> only.
/// </summary>
public sealed class SchemaView : IEquatable<SchemaView>
{
    private readonly SchemaNode[] _parts;
    private IReadOnlyList<SchemaProperty>? _properties;
    private FrozenDictionary<string, SchemaProperty>? _propertiesByName;
    private FrozenSet<string>? _required;

    internal SchemaView(IEnumerable<SchemaNode> nodes)
    {
        var parts = new List<SchemaNode>();
        foreach (SchemaNode node in nodes)
        {
            Expand(node, parts);
        }

        _parts = [.. parts];
        Types = parts.Aggregate(SchemaTypes.Any, (types, part) => types & TypesOf(part));
    }

    /// <summary>The types a value may have, as far as type, enum, const and alternatives say;
    /// <see cref="SchemaTypes.Any"/> when they say nothing.</summary>
    public SchemaTypes Types { get; }

    /// <summary>No keyword restricts the value.</summary>
    public bool IsAnything => _parts.All(SaysNothing);

    /// <summary>The schema is <c>false</c>: no value fits.</summary>
    public bool IsNever => Types == SchemaTypes.None;

    /// <summary>The properties named in <c>properties</c>, in the order of the schema text.</summary>
    public IReadOnlyList<SchemaProperty> Properties => _properties ??= CollectProperties();

    /// <summary>For properties that have no schema of their own; null when the schema does not speak of them.</summary>
    public SchemaView? AdditionalProperties => Below(part => part.Objects?.DeclaredAdditional);

    /// <summary>For the items of an array behind <see cref="PrefixItems"/>; null when nothing is said.</summary>
    public SchemaView? Items => Below(part => part.Arrays?.DeclaredItems);

    /// <summary>For the first items of an array, by position.</summary>
    public IReadOnlyList<SchemaView> PrefixItems =>
        [.. (First(part => part.Arrays?.DeclaredPrefix) ?? []).Select(node => new SchemaView([node]))];

    /// <summary>The alternatives of <c>anyOf</c>, then of <c>oneOf</c>.</summary>
    public IReadOnlyList<SchemaView> Alternatives =>
        [.. _parts.SelectMany(Branches).Select(branch => new SchemaView([branch]))];

    /// <summary>The values of <c>enum</c> as raw JSON text; empty when there is none.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> EnumValues => First(part => part.Values?.Enum)?.Values ?? [];

    /// <summary>The value of <c>const</c> as raw JSON text; null when there is none.</summary>
    public ReadOnlyMemory<byte>? Const => First(part => part.Values?.Const)?.Values[0];

    /// <summary>The format's name, asserted or not; null when there is none.</summary>
    public string? Format => First(part => part.Annotations.Format);

    /// <summary>The media type of what a string holds or names; null when nothing is said.</summary>
    public string? ContentMediaType => First(part => part.Annotations.ContentMediaType);

    /// <summary>How a string holds it, such as <c>base64</c>; null when nothing is said.</summary>
    public string? ContentEncoding => First(part => part.Annotations.ContentEncoding);

    /// <summary>
    /// The value is a file's: OpenAPI's <c>format: binary</c>, or a media type without a coding that would hold the
    /// bytes in the text.
    /// </summary>
    public bool IsFile => Format == "binary" || (ContentMediaType is not null && ContentEncoding is null);

    /// <summary>Code points; null when there is no bound.</summary>
    public long? MinLength => Largest(part => part.Strings?.LengthMin, 0);

    /// <summary>Code points; null when there is no bound.</summary>
    public long? MaxLength => Smallest(part => part.Strings?.LengthMax);

    /// <summary>The pattern as the schema writes it; null when there is none.</summary>
    public string? Pattern => First(part => part.Strings?.PatternText);

    /// <summary>The bound's JSON text; null when there is none. The same holds for the other bounds.</summary>
    public string? Minimum => First(part => part.Numbers?.Minimum)?.ToString();

    /// <inheritdoc cref="Minimum"/>
    public string? ExclusiveMinimum => First(part => part.Numbers?.ExclusiveMinimum)?.ToString();

    /// <inheritdoc cref="Minimum"/>
    public string? Maximum => First(part => part.Numbers?.Maximum)?.ToString();

    /// <inheritdoc cref="Minimum"/>
    public string? ExclusiveMaximum => First(part => part.Numbers?.ExclusiveMaximum)?.ToString();

    /// <inheritdoc cref="Minimum"/>
    public string? MultipleOf => First(part => part.Numbers?.MultipleOf)?.Text;

    /// <summary>Items; null when there is no bound.</summary>
    public long? MinItems => Largest(part => part.Arrays?.CountMin, 0);

    /// <summary>Items; null when there is no bound.</summary>
    public long? MaxItems => Smallest(part => part.Arrays?.CountMax);

    /// <summary>No two items may be equal.</summary>
    public bool UniqueItems => _parts.Any(part => part.Arrays is { Unique: true });

    /// <summary>Properties; null when there is no bound.</summary>
    public long? MinProperties => Largest(part => part.Objects?.CountMin, 0);

    /// <summary>Properties; null when there is no bound.</summary>
    public long? MaxProperties => Smallest(part => part.Objects?.CountMax);

    /// <summary>A name for people; null when there is none.</summary>
    public string? Title => First(part => part.Annotations.Title);

    /// <summary>An explanation for people; null when there is none.</summary>
    public string? Description => First(part => part.Annotations.Description);

    /// <summary>Raw JSON text; null when there is none. Never applied by a walk.</summary>
    public ReadOnlyMemory<byte>? Default => FirstText(part => part.Annotations.Default);

    /// <summary>Raw JSON text of the array; null when there is none.</summary>
    public ReadOnlyMemory<byte>? Examples => FirstText(part => part.Annotations.Examples);

    /// <summary>The annotation <c>deprecated</c>.</summary>
    public bool IsDeprecated => _parts.Any(part => part.Annotations.Deprecated);

    /// <summary>The annotation <c>readOnly</c>.</summary>
    public bool IsReadOnly => _parts.Any(part => part.Annotations.ReadOnly);

    /// <summary>The annotation <c>writeOnly</c>.</summary>
    public bool IsWriteOnly => _parts.Any(part => part.Annotations.WriteOnly);

    /// <summary>Whether the object must have the property.</summary>
    public bool Required(string name) => (_required ??= CollectRequired()).Contains(name);

    /// <summary>The property of that name in <see cref="Properties"/>, or null.</summary>
    public SchemaProperty? Property(string name) =>
        (_propertiesByName ??= Properties.ToFrozenDictionary(property => property.Name)).GetValueOrDefault(name);

    /// <summary>The raw JSON text of a keyword that begins with <c>x-</c>, or null.</summary>
    public ReadOnlyMemory<byte>? Extension(string keyword) =>
        FirstText(part => part.Annotations.Extensions?.GetValueOrDefault(keyword) ?? default);

    /// <summary>Views of the same place in the schema are equal, so that one that recurs can be walked.</summary>
    public bool Equals(SchemaView? other) => other is not null && _parts.AsSpan().SequenceEqual(other._parts);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SchemaView);

    /// <inheritdoc/>
    public override int GetHashCode() => _parts.Aggregate(0, HashCode.Combine);

    private static void Expand(SchemaNode node, List<SchemaNode> parts)
    {
        if (parts.Contains(node))
        {
            return;
        }

        parts.Add(node);
        if (node.InPlace is { } inPlace)
        {
            foreach (SchemaNode part in inPlace.Together())
            {
                Expand(part, parts);
            }
        }
    }

    /// <summary>What $ref and allOf bring stands among the parts.</summary>
    private static bool SaysNothing(SchemaNode node) =>
        node.HasOnlyInPlace && node.InPlace is null or { AnyOf.Length: 0, OneOf.Length: 0, Not: null, If: null };

    private static SchemaTypes TypesOf(SchemaNode node)
    {
        SchemaTypes types = node.Types & (node.Values?.Enum?.Types ?? SchemaTypes.Any);
        types &= node.Values?.Const?.Types ?? SchemaTypes.Any;
        return node.InPlace is { } inPlace ? types & TypesOf(inPlace.AnyOf) & TypesOf(inPlace.OneOf) : types;
    }

    private static SchemaTypes TypesOf(SchemaNode[] branches) => branches.Length == 0
        ? SchemaTypes.Any
        : branches.Aggregate(SchemaTypes.None, (types, branch) => types | new SchemaView([branch]).Types);

    private static IEnumerable<SchemaNode> Branches(SchemaNode node) =>
        node.InPlace is { } inPlace ? inPlace.AnyOf.Concat(inPlace.OneOf) : [];

    private List<SchemaProperty> CollectProperties()
    {
        var nodes = new Dictionary<string, List<SchemaNode>>(StringComparer.Ordinal);
        var names = new List<string>();
        foreach ((string name, SchemaNode schema) in _parts.SelectMany(part => part.Objects?.Declared ?? []))
        {
            if (!nodes.TryGetValue(name, out List<SchemaNode>? schemas))
            {
                names.Add(name);
                nodes.Add(name, schemas = []);
            }

            schemas.Add(schema);
        }

        return [.. names.Select(name => new SchemaProperty(name, new SchemaView(nodes[name]), Required(name)))];
    }

    private FrozenSet<string> CollectRequired() =>
        _parts.SelectMany(part => part.Objects?.Required ?? Enumerable.Empty<string>())
            .ToFrozenSet(StringComparer.Ordinal);

    private SchemaView? Below(Func<SchemaNode, SchemaNode?> select)
    {
        SchemaNode[] nodes = [.. _parts.Select(select).OfType<SchemaNode>()];
        return nodes.Length == 0 ? null : new SchemaView(nodes);
    }

    private T? First<T>(Func<SchemaNode, T?> select)
        where T : class => _parts.Select(select).FirstOrDefault(value => value is not null);

    private ReadOnlyMemory<byte>? FirstText(Func<SchemaNode, ReadOnlyMemory<byte>> select)
    {
        ReadOnlyMemory<byte> text = _parts.Select(select).FirstOrDefault(value => !value.IsEmpty);
        return text.IsEmpty ? default(ReadOnlyMemory<byte>?) : text;
    }

    private long? Largest(Func<SchemaNode, long?> select, long none)
    {
        long? largest = _parts.Select(select).Max();
        return largest == none ? null : largest;
    }

    private long? Smallest(Func<SchemaNode, long?> select)
    {
        long? smallest = _parts.Select(select).Min();
        return smallest == long.MaxValue ? null : smallest;
    }
}
