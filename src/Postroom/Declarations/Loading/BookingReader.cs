using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>Reads <c>capacity</c>, <c>overlap</c> and <c>hold</c> of a resource.</summary>
internal static class BookingReader
{
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(30);

    public static IReadOnlyList<CapacityDeclaration> Capacities(
        LoadScope scope, SourceMapping endpoint, SchemaSource? schema) =>
    [
        .. from rule in Rules(endpoint, "capacity")
           let stock = rule.Mapping("max")
           select new CapacityDeclaration
           {
               Per = Key(scope, rule, schema),
               Max = rule.Count("max"),
               Of = Field(scope, stock, "of", schema),
               Field = Field(scope, stock, "field", null),
               Weight = Field(scope, rule, "weight", schema),
           },
    ];

    public static IReadOnlyList<OverlapDeclaration> Overlaps(
        LoadScope scope, SourceMapping endpoint, SchemaSource? schema) =>
    [
        .. from rule in Rules(endpoint, "overlap")
           let measures = new MeasureReader(scope, rule)
           let ends = (From: Field(scope, rule, "from", schema), To: Field(scope, rule, "to", schema))
           where ends.From is not null && ends.To is not null
           select new OverlapDeclaration
           {
               Per = Key(scope, rule, schema),
               From = ends.From,
               To = ends.To,
               Buffer = measures.Duration("buffer", TimeSpan.FromSeconds(1), s_longest) ?? TimeSpan.Zero,
           },
    ];

    public static TimeSpan? Hold(LoadScope scope, SourceMapping endpoint) =>
        new MeasureReader(scope, endpoint).Duration("hold", TimeSpan.FromSeconds(1), s_longest);

    private static IEnumerable<SourceMapping> Rules(SourceMapping endpoint, string key) =>
        endpoint.Find(key)?.Value is SourceSequence rules
            ? rules.Items.OfType<SourceMapping>()
            : endpoint.Mapping(key) is { } rule ? [rule] : [];

    private static IReadOnlyList<string> Key(LoadScope scope, SourceMapping rule, SchemaSource? schema) =>
        rule.Find("per")?.Value is { } per ? ResourceReader.Pointers(scope, per, schema) : [];

    private static string? Field(LoadScope scope, SourceMapping? rule, string key, SchemaSource? schema) =>
        rule?.Text(key) is { } name ? FieldReader.Pointer(scope, name, schema) : null;
}
