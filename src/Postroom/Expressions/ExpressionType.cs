using System.Collections.Frozen;

namespace Postroom.Expressions;

/// <summary>A type of the language. Immutable.</summary>
internal sealed class ExpressionType
{
    private ExpressionType(ExpressionTypeKind kind) => Kind = kind;

    public static ExpressionType Dyn { get; } = new(ExpressionTypeKind.Dyn);

    public static ExpressionType Null { get; } = new(ExpressionTypeKind.Null) { IsNullable = true };

    public static ExpressionType Bool { get; } = new(ExpressionTypeKind.Bool);

    public static ExpressionType Int { get; } = new(ExpressionTypeKind.Int);

    public static ExpressionType Double { get; } = new(ExpressionTypeKind.Double);

    public static ExpressionType String { get; } = new(ExpressionTypeKind.String);

    public static ExpressionType Timestamp { get; } = new(ExpressionTypeKind.Timestamp);

    public static ExpressionType Duration { get; } = new(ExpressionTypeKind.Duration);

    public ExpressionTypeKind Kind { get; }

    /// <summary>Null is a value of it too.</summary>
    public bool IsNullable { get; private init; }

    /// <summary>Of the items of a list; <see cref="Dyn"/> where nothing is known.</summary>
    public ExpressionType Element { get; private init; } = null!;

    /// <summary>The members of a map that are known by name.</summary>
    public FrozenDictionary<string, ExpressionType> Fields { get; private init; } =
        FrozenDictionary<string, ExpressionType>.Empty;

    /// <summary>The type of a map's other members; null when it has none.</summary>
    public ExpressionType? Others { get; private init; }

    public bool IsDyn => Kind == ExpressionTypeKind.Dyn;

    public bool IsNumber => Kind is ExpressionTypeKind.Int or ExpressionTypeKind.Double;

    public static ExpressionType ListOf(ExpressionType element) =>
        new(ExpressionTypeKind.List) { Element = element };

    /// <param name="fields">The members known by name.</param>
    /// <param name="others">The type of the others; null when there are none.</param>
    public static ExpressionType MapOf(IReadOnlyDictionary<string, ExpressionType> fields, ExpressionType? others) =>
        new(ExpressionTypeKind.Map) { Fields = fields.ToFrozenDictionary(StringComparer.Ordinal), Others = others };

    /// <summary>The type with null as one more value.</summary>
    public ExpressionType OrNull() => IsNullable || IsDyn
        ? this
        : new(Kind) { IsNullable = true, Element = Element, Fields = Fields, Others = Others };

    /// <summary>Whether a value may be of both types, so that comparing them makes sense.</summary>
    public bool Meets(ExpressionType other)
    {
        if (IsDyn || other.IsDyn || (IsNumber && other.IsNumber))
        {
            return true;
        }

        if (Kind == ExpressionTypeKind.Null || other.Kind == ExpressionTypeKind.Null)
        {
            return IsNullable && other.IsNullable;
        }

        return Kind == other.Kind && (Kind != ExpressionTypeKind.List || Element.Meets(other.Element));
    }

    /// <summary>The type of a value that is of one or the other; null when only <see cref="Dyn"/> is.</summary>
    public ExpressionType? Join(ExpressionType other)
    {
        if (IsDyn || other.IsDyn || ReferenceEquals(this, other))
        {
            return IsDyn ? this : other;
        }

        if (Kind == ExpressionTypeKind.Null || other.Kind == ExpressionTypeKind.Null)
        {
            return (Kind == ExpressionTypeKind.Null ? other : this).OrNull();
        }

        if (Kind != other.Kind || Kind == ExpressionTypeKind.Map)
        {
            return null;
        }

        if (Kind == ExpressionTypeKind.List)
        {
            return Element.Join(other.Element) is { } element ? ListOf(element) : null;
        }

        return IsNullable ? this : other;
    }

    public override string ToString() => Kind switch
    {
        ExpressionTypeKind.List => Element.IsDyn ? "list" : $"list({Element})",
        var kind => kind.ToString().ToLowerInvariant(),
    };
}
