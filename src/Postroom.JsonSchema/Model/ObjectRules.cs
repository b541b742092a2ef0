using System.Text;

namespace Postroom.JsonSchema.Model;

/// <summary>The keywords that speak of objects only.</summary>
internal sealed class ObjectRules
{
    /// <summary>How many names fit the one-word set of names seen.</summary>
    public const int NarrowNamesMax = 64;

    public static ObjectRules None { get; } = new();

    /// <summary>The names in <c>properties</c>, then those that only <c>required</c> knows.</summary>
    public NameTable Names { get; private set; } = NameTable.Empty;

    /// <summary>By index in <see cref="Names"/>; null for a name that only <c>required</c> knows.</summary>
    public SchemaNode?[] Schemas { get; private set; } = [];

    /// <summary>As declared, in order, before references were followed.</summary>
    public List<(string Name, SchemaNode Schema)> Declared { get; } = [];

    public HashSet<string> Required { get; } = new(StringComparer.Ordinal);

    /// <summary>The indexes in <see cref="Names"/> that must be seen.</summary>
    public int[] RequiredIndexes { get; private set; } = [];

    /// <summary>The same as one word, when <see cref="IsNarrow"/>.</summary>
    public ulong RequiredMask { get; private set; }

    public bool IsNarrow { get; private set; } = true;

    /// <summary>As declared, before references were followed.</summary>
    public PatternProperty[] DeclaredPatterns { get; set; } = [];

    public PatternProperty[] Patterns { get; private set; } = [];

    /// <summary>Null when the schema does not speak of further properties.</summary>
    public SchemaNode? DeclaredAdditional { get; set; }

    public SchemaNode Additional { get; private set; } = SchemaNode.Anything;

    public SchemaNode? DeclaredPropertyNames { get; set; }

    /// <summary>For the name of each property, as a string; null when all are allowed.</summary>
    public SchemaNode? PropertyNames { get; private set; }

    public List<Dependent> DeclaredDependents { get; } = [];

    public Dependent[] Dependents { get; private set; } = [];

    public SchemaNode? DeclaredUnevaluated { get; set; }

    /// <summary>For properties that no other keyword evaluated; null when the schema does not speak of them.</summary>
    public SchemaNode? Unevaluated { get; private set; }

    public long CountMin { get; set; }

    public long CountMax { get; set; } = long.MaxValue;

    /// <summary>Asks at most what others did not evaluate.</summary>
    public bool SaysNothingOfMembers =>
        Declared.Count == 0 && Required.Count == 0 && DeclaredDependents.Count == 0 && DeclaredPatterns.Length == 0
        && DeclaredAdditional is null && DeclaredPropertyNames is null && !HasCounts;

    public bool HasCounts => CountMin > 0 || CountMax != long.MaxValue;

    public void Seal()
    {
        List<string> names = [.. Declared.Select(property => property.Name)];
        names.AddRange(Required.Concat(DeclaredDependents.SelectMany(dependent => dependent.Needed))
            .Concat(DeclaredDependents.Select(dependent => dependent.Name))
            .Distinct(StringComparer.Ordinal).Except(names, StringComparer.Ordinal).ToList());
        Names = new NameTable(names);
        Schemas = new SchemaNode?[names.Count];
        for (int index = 0; index < Declared.Count; index++)
        {
            Schemas[index] = Declared[index].Schema.Target;
        }

        IsNarrow = names.Count <= NarrowNamesMax;
        RequiredIndexes = Indexes(Required);
        RequiredMask = IsNarrow ? RequiredIndexes.Aggregate(0UL, (mask, index) => mask | (1UL << index)) : 0;
        Additional = DeclaredAdditional?.Target ?? SchemaNode.Anything;
        Patterns = Array.ConvertAll(DeclaredPatterns, pattern => pattern with { Schema = pattern.Schema.Target });
        PropertyNames = DeclaredPropertyNames?.Target is { IsAnything: false } judge ? judge : null;
        Unevaluated = DeclaredUnevaluated?.Target;
        Dependents = [.. DeclaredDependents.Select(dependent => dependent with
        {
            Index = Indexes([dependent.Name])[0], NeededIndexes = Indexes(dependent.Needed),
        })];
    }

    /// <summary>Whether <c>properties</c> speaks of the name.</summary>
    public bool Declares(ReadOnlySpan<byte> name) =>
        Names.Find(name) is >= 0 and int index && Schemas[index] is not null;

    private int[] Indexes(IEnumerable<string> names) =>
        [.. names.Select(name => Names.Find(Encoding.UTF8.GetBytes(name)))];
}
