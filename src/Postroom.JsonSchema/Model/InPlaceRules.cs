namespace Postroom.JsonSchema.Model;

/// <summary>The keywords that judge the same value again by other schemas.</summary>
internal sealed class InPlaceRules
{
    public SchemaNode? Reference { get; set; }

    public SchemaNode[] AllOf { get; set; } = [];

    public SchemaNode[] AnyOf { get; set; } = [];

    public SchemaNode[] OneOf { get; set; } = [];

    public SchemaNode? Not { get; set; }

    public bool IsReferenceOnly =>
        Reference is not null && AllOf.Length == 0 && AnyOf.Length == 0 && OneOf.Length == 0 && Not is null;

    /// <summary>Every schema that the same value is given to.</summary>
    public IEnumerable<SchemaNode> All()
    {
        IEnumerable<SchemaNode> all = AllOf.Concat(AnyOf).Concat(OneOf);
        all = Reference is null ? all : all.Prepend(Reference);
        return Not is null ? all : all.Append(Not);
    }
}
