namespace Postroom.JsonSchema;

/// <summary>The stable codes of <see cref="SchemaFault.Code"/>. A format adds its name: <c>format-email</c>.</summary>
public static class FaultCodes
{
    /// <summary>A required property is missing (<c>required</c>, <c>dependentRequired</c>).</summary>
    public const string Required = "required";

    /// <summary>The value has another JSON type (<c>type</c>).</summary>
    public const string Type = "type";

    /// <summary>The value is none of those allowed (<c>enum</c>).</summary>
    public const string Enum = "enum";

    /// <summary>The value is not the one allowed (<c>const</c>).</summary>
    public const string Const = "const";

    /// <summary>A string is shorter than <c>minLength</c> code points.</summary>
    public const string TooShort = "too-short";

    /// <summary>A string is longer than <c>maxLength</c> code points.</summary>
    public const string TooLong = "too-long";

    /// <summary>A string does not match <c>pattern</c>.</summary>
    public const string Pattern = "pattern";

    /// <summary>A number is under <c>minimum</c> or not above <c>exclusiveMinimum</c>.</summary>
    public const string TooSmall = "too-small";

    /// <summary>A number is over <c>maximum</c> or not below <c>exclusiveMaximum</c>.</summary>
    public const string TooLarge = "too-large";

    /// <summary>A number is no multiple of <c>multipleOf</c>.</summary>
    public const string NotMultiple = "not-multiple";

    /// <summary>An array has fewer than <c>minItems</c> items.</summary>
    public const string TooFewItems = "too-few-items";

    /// <summary>An array has more than <c>maxItems</c> items.</summary>
    public const string TooManyItems = "too-many-items";

    /// <summary>Two items of an array are equal (<c>uniqueItems</c>); the pointer is that of the later one.</summary>
    public const string DuplicateItem = "duplicate-item";

    /// <summary>An item beyond those that <c>prefixItems</c> names, with <c>items: false</c>.</summary>
    public const string AdditionalItem = "additional-item";

    /// <summary>An object has fewer than <c>minProperties</c> properties.</summary>
    public const string TooFewProperties = "too-few-properties";

    /// <summary>An object has more than <c>maxProperties</c> properties.</summary>
    public const string TooManyProperties = "too-many-properties";

    /// <summary>A property that the schema does not name, with <c>additionalProperties: false</c>.</summary>
    public const string AdditionalProperty = "additional-property";

    /// <summary>A property's name is not allowed (<c>propertyNames</c>).</summary>
    public const string PropertyName = "property-name";

    /// <summary>Fewer items fit <c>contains</c> than it and <c>minContains</c> ask for.</summary>
    public const string TooFewMatches = "too-few-matches";

    /// <summary>More items fit <c>contains</c> than <c>maxContains</c> allows.</summary>
    public const string TooManyMatches = "too-many-matches";

    /// <summary>A property that no schema for the object speaks of, with <c>unevaluatedProperties: false</c>.</summary>
    public const string UnevaluatedProperty = "unevaluated-property";

    /// <summary>An item that no schema for the array speaks of, with <c>unevaluatedItems: false</c>.</summary>
    public const string UnevaluatedItem = "unevaluated-item";

    /// <summary>The value stands where the schema is <c>false</c>.</summary>
    public const string NotAllowed = "not-allowed";

    /// <summary>No alternative of <c>anyOf</c> fits.</summary>
    public const string AnyOf = "any-of";

    /// <summary>More than one alternative of <c>oneOf</c> fits, or none.</summary>
    public const string OneOf = "one-of";

    /// <summary>The value fits the schema under <c>not</c>.</summary>
    public const string Not = "not";
}
