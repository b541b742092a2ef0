namespace Postroom.JsonSchema.Model;

/// <summary>The keywords that judge the same value again by other schemas.</summary>
internal sealed class InPlaceRules
{
    public SchemaNode? Reference { get; set; }

    /// <summary>Where <c>$dynamicRef</c> leads on the way on which this schema is reached.</summary>
    public SchemaNode? DynamicReference { get; set; }

    public SchemaNode[] AllOf { get; set; } = [];

    public SchemaNode[] AnyOf { get; set; } = [];

    public SchemaNode[] OneOf { get; set; } = [];

    public BranchChoice? AnyOfChoice { get; private set; }

    public BranchChoice? OneOfChoice { get; private set; }

    public SchemaNode? Not { get; set; }

    public SchemaNode? If { get; set; }

    public SchemaNode? Then { get; set; }

    public SchemaNode? Else { get; set; }

    public bool HasConditions =>
        AllOf.Length > 0 || AnyOf.Length > 0 || OneOf.Length > 0 || Not is not null || If is not null;

    /// <summary>The one schema that a reference leads to, when the rules hold nothing else; else null.</summary>
    public SchemaNode? OnlyReference => HasConditions || (Reference is not null && DynamicReference is not null)
        ? null
        : Reference ?? DynamicReference;

    /// <summary>The schemas that hold whatever the value is, together with the one that has these rules.</summary>
    public IEnumerable<SchemaNode> Together() =>
        new[] { Reference, DynamicReference }.OfType<SchemaNode>().Concat(AllOf);

    /// <summary>Every schema that the same value is given to.</summary>
    public IEnumerable<SchemaNode> All() =>
        Together().Concat(AnyOf).Concat(OneOf).Concat(new[] { Not, If, Then, Else }.OfType<SchemaNode>());

    /// <summary>The same as declared, before references were followed.</summary>
    public InPlaceRules? Declared { get; private set; }

    public void Seal()
    {
        Declared = (InPlaceRules)MemberwiseClone();
        Reference = Reference?.Target;
        DynamicReference = DynamicReference?.Target;
        AllOf = Array.ConvertAll(AllOf, node => node.Target);
        AnyOf = Array.ConvertAll(AnyOf, node => node.Target);
        OneOf = Array.ConvertAll(OneOf, node => node.Target);
        (AnyOfChoice, OneOfChoice) = (BranchChoice.TryCreate(AnyOf), BranchChoice.TryCreate(OneOf));
        (Not, If, Then, Else) = (Not?.Target, If?.Target, Then?.Target, Else?.Target);
    }
}
