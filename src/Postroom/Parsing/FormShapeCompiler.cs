using Postroom.JsonSchema;

namespace Postroom.Parsing;

/// <summary>
/// Compiles what a schema says of types into shapes. Each set of views is compiled once, so that a schema that refers
/// to itself becomes a ring of shapes.
/// </summary>
internal sealed class FormShapeCompiler
{
    private readonly Dictionary<ViewSet, FormShape> _known = [];

    public static FormShape Compile(CompiledSchema schema)
    {
        FormShapeCompiler compiler = new();
        FormShape root = compiler.ShapeOf([schema.Root]);
        FormShape.MarkPlain(compiler._known.Values);
        root.HasFiles = compiler._known.Values.Any(shape => shape.IsFile);
        return root;
    }

    /// <summary>Several views at one place are alternatives: any of their types may be meant.</summary>
    private FormShape ShapeOf(IEnumerable<SchemaView> views)
    {
        ViewSet set = new([.. views.Distinct()]);
        if (_known.TryGetValue(set, out FormShape? known))
        {
            return known;
        }

        SchemaView? file = set.Views.FirstOrDefault(view => view.IsFile);
        FormShape shape = new(
            set.Views.Aggregate(SchemaTypes.None, (types, view) => types | view.Types),
            file is not null,
            file?.ContentMediaType?.ToLowerInvariant());
        _known.Add(set, shape);
        foreach (string name in NamesOf(set.Views))
        {
            shape.Add(name, ShapeOf(PropertyOf(set.Views, name)));
        }

        shape.Seal(
            ShapeOrNull(set.Views.Select(view => view.Items).OfType<SchemaView>()),
            ShapeOrNull(set.Views.Select(view => view.AdditionalProperties).OfType<SchemaView>()));
        return shape;
    }

    private FormShape? ShapeOrNull(IEnumerable<SchemaView> views) => views.Any() ? ShapeOf(views) : null;

    private static IEnumerable<string> NamesOf(IEnumerable<SchemaView> views) => views
        .SelectMany(view => view.Properties.Select(property => property.Name).Concat(NamesOf(view.Alternatives)))
        .Distinct(StringComparer.Ordinal);

    /// <summary>What a view says of a property itself goes before what its alternatives say.</summary>
    private static IEnumerable<SchemaView> PropertyOf(IEnumerable<SchemaView> views, string name) => views.SelectMany(
        view => view.Property(name) is { } property ? [property.Schema] : PropertyOf(view.Alternatives, name));

    private sealed class ViewSet(SchemaView[] views) : IEquatable<ViewSet>
    {
        public SchemaView[] Views { get; } = views;

        public bool Equals(ViewSet? other) => other is not null && Views.AsSpan().SequenceEqual(other.Views);

        public override bool Equals(object? obj) => Equals(obj as ViewSet);

        public override int GetHashCode() =>
            Views.Aggregate(0, (hash, view) => HashCode.Combine(hash, view.GetHashCode()));
    }
}
