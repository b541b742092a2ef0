namespace Postroom.JsonSchema.Model;

/// <summary>The keywords that speak of arrays only.</summary>
internal sealed class ArrayRules
{
    public SchemaNode[] Prefix { get; set; } = [];

    /// <summary>For the items behind the prefix.</summary>
    public SchemaNode Items { get; set; } = SchemaNode.Anything;

    /// <summary><see cref="Prefix"/> and <see cref="Items"/> as declared, before references were followed.</summary>
    public SchemaNode[] DeclaredPrefix { get; set; } = [];

    public SchemaNode? DeclaredItems { get; set; }

    public long CountMin { get; set; }

    public long CountMax { get; set; } = long.MaxValue;

    public bool Unique { get; set; }

    /// <summary>The keyword that <see cref="Items"/> comes from: <c>additionalItems</c> in old drafts.</summary>
    public string ItemsKeyword { get; set; } = "items";

    /// <summary>The keyword that <see cref="Prefix"/> comes from: <c>items</c> in old drafts.</summary>
    public string PrefixKeyword { get; set; } = "prefixItems";

    public SchemaNode? DeclaredContains { get; set; }

    /// <summary>What some items must fit; null when the schema does not say.</summary>
    public SchemaNode? Contains { get; private set; }

    public long ContainsMin { get; set; } = 1;

    public long ContainsMax { get; set; } = long.MaxValue;

    /// <summary>Items that fit <see cref="Contains"/> count as evaluated.</summary>
    public bool ContainsEvaluates { get; set; }

    public SchemaNode? DeclaredUnevaluated { get; set; }

    /// <summary>For items that no other keyword evaluated; null when the schema does not speak of them.</summary>
    public SchemaNode? Unevaluated { get; private set; }

    public void Seal()
    {
        Contains = DeclaredContains?.Target;
        Unevaluated = DeclaredUnevaluated?.Target;
        Prefix = Array.ConvertAll(DeclaredPrefix, node => node.Target);
        Items = DeclaredItems?.Target ?? SchemaNode.Anything;
    }
}
