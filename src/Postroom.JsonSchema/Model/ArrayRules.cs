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

    public void Seal()
    {
        Prefix = Array.ConvertAll(DeclaredPrefix, node => node.Target);
        Items = DeclaredItems?.Target ?? SchemaNode.Anything;
    }
}
