namespace Postroom.JsonSchema.Model;

/// <summary>One schema position, compiled. Filled by the compiler, never changed afterwards.</summary>
internal sealed class SchemaNode(int id, SchemaPlace place)
{
    /// <summary>Accepts everything; the walk below it checks the JSON only.</summary>
    public static SchemaNode Anything { get; } = new(-1, SchemaPlace.Nowhere);

    public int Id { get; } = id;

    public SchemaPlace Place { get; } = place;

    /// <summary>Where the schema stands, as faults tell it.</summary>
    public string Pointer => Place.Location;

    public SchemaTypes Types { get; set; } = SchemaTypes.Any;

    /// <summary>The schema <c>false</c>.</summary>
    public bool IsNever { get; set; }

    public ValueRules? Values { get; set; }

    public StringRules? Strings { get; set; }

    public NumberRules? Numbers { get; set; }

    public ObjectRules? Objects { get; set; }

    public ArrayRules? Arrays { get; set; }

    public InPlaceRules? InPlace { get; set; }

    public Annotations Annotations { get; set; } = Annotations.None;

    /// <summary>Says nothing about the value.</summary>
    public bool IsAnything => HasOnlyInPlace && InPlace is null;

    /// <summary>May give one value to several schemas, so that what it found is worth remembering.</summary>
    public bool IsBranching { get; private set; }

    /// <summary>
    /// A schema for the same value that holds in any case, when this one says nothing of single properties itself: the
    /// first walk over an object is then done for that one, and need not be done again. Else null.
    /// </summary>
    public SchemaNode? Lead { get; private set; }

    /// <summary>The node the walk uses instead: a schema that holds nothing but a <c>$ref</c> is its target.</summary>
    public SchemaNode Target
    {
        get
        {
            SchemaNode node = this;
            while (node.HasOnlyInPlace && node.Annotations.Messages is null
                && node.InPlace?.OnlyReference is { } reference)
            {
                node = reference;
            }

            return node;
        }
    }

    /// <summary>Whatever it says of the value, other schemas say it.</summary>
    public bool HasOnlyInPlace =>
        Types == SchemaTypes.Any && Values is null && Strings is null && Numbers is null
        && Objects is null && Arrays is null;

    /// <summary>Prepares what the walk asks; call it once everything is read.</summary>
    public void Seal()
    {
        Objects?.Seal();
        Arrays?.Seal();
        Numbers?.Seal();
        InPlace?.Seal();
        Lead = Objects is null or { SaysNothingOfMembers: true } ? InPlace?.Together().FirstOrDefault() : null;
        Lead = Lead is { Objects: not null } ? Lead : null;
        IsBranching = InPlace is not null
            || Objects is { Patterns.Length: > 0 } or { Dependents.Length: > 0 } or { Unevaluated: not null }
            || Arrays is { Unevaluated: not null } or { Contains: not null };
    }
}
