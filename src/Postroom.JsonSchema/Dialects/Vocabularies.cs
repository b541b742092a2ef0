using System.Collections.Frozen;
using Postroom.JsonSchema.Compiling;

namespace Postroom.JsonSchema.Dialects;

/// <summary>The keywords of the standard vocabularies, and how the drafts before 2020-12 shared them out.</summary>
internal static class Vocabularies
{
    public static KeywordRule[] Core { get; } =
    [
        new("$schema", IdentityKeywords.Text),
        new("$id", IdentityKeywords.Text),
        new("$anchor", IdentityKeywords.Anchor),
        new("$dynamicAnchor", IdentityKeywords.Anchor),
        new("$vocabulary", IdentityKeywords.Vocabulary),
        new("$comment", IdentityKeywords.Text),
        new("$ref", ReferenceKeywords.Reference),
        new("$dynamicRef", ReferenceKeywords.DynamicReference),
        new("$defs", ReferenceKeywords.Definitions, Below.Map),
    ];

    /// <summary>2019-09 Core, section 8.2.4.2.</summary>
    public static KeywordRule[] Recursion { get; } =
    [
        new("$recursiveRef", ReferenceKeywords.RecursiveReference),
        new("$recursiveAnchor", IdentityKeywords.Boolean),
    ];

    /// <summary>The applicators that mean the same in every draft.</summary>
    public static KeywordRule[] Common { get; } =
    [
        new("allOf", InPlaceKeywords.AllOf, Below.List),
        new("anyOf", InPlaceKeywords.AnyOf, Below.List),
        new("oneOf", InPlaceKeywords.OneOf, Below.List),
        new("not", InPlaceKeywords.Not, Below.Schema),
        new("if", InPlaceKeywords.If, Below.Schema),
        new("then", InPlaceKeywords.Then, Below.Schema),
        new("else", InPlaceKeywords.Else, Below.Schema),
        new("properties", ObjectKeywords.Properties, Below.Map),
        new("additionalProperties", ObjectKeywords.AdditionalProperties, Below.Schema),
        new("patternProperties", ObjectKeywords.PatternProperties, Below.Map),
        new("propertyNames", ObjectKeywords.PropertyNames, Below.Schema),
        new("contains", ArrayKeywords.Contains, Below.Schema),
    ];

    public static KeywordRule[] Dependents { get; } =
    [
        new("dependentSchemas", ObjectKeywords.DependentSchemas, Below.Map),
    ];

    public static KeywordRule[] Applicator { get; } =
    [
        .. Common,
        .. Dependents,
        new("prefixItems", ArrayKeywords.PrefixItems, Below.List),
        new("items", ArrayKeywords.Items, Below.Schema),
    ];

    /// <summary>Before 2020-12 an array of schemas under <c>items</c> was what <c>prefixItems</c> is.</summary>
    public static KeywordRule[] OldItems { get; } =
    [
        new("items", LegacyKeywords.Items, Below.SchemaOrList),
        new("additionalItems", LegacyKeywords.AdditionalItems, Below.Schema),
    ];

    public static KeywordRule[] Unevaluated { get; } =
    [
        new("unevaluatedItems", ArrayKeywords.UnevaluatedItems, Below.Schema),
        new("unevaluatedProperties", ObjectKeywords.UnevaluatedProperties, Below.Schema),
    ];

    public static KeywordRule[] Validation { get; } =
    [
        new("type", ValueKeywords.Type),
        new("enum", ValueKeywords.Enum),
        new("const", ValueKeywords.Const),
        new("minLength", StringKeywords.MinLength),
        new("maxLength", StringKeywords.MaxLength),
        new("pattern", StringKeywords.Pattern),
        new("minimum", NumberKeywords.Minimum),
        new("maximum", NumberKeywords.Maximum),
        new("exclusiveMinimum", NumberKeywords.ExclusiveMinimum),
        new("exclusiveMaximum", NumberKeywords.ExclusiveMaximum),
        new("multipleOf", NumberKeywords.MultipleOf),
        new("required", ObjectKeywords.Required),
        new("dependentRequired", ObjectKeywords.DependentRequired),
        new("minProperties", ObjectKeywords.MinProperties),
        new("maxProperties", ObjectKeywords.MaxProperties),
        new("minItems", ArrayKeywords.MinItems),
        new("maxItems", ArrayKeywords.MaxItems),
        new("uniqueItems", ArrayKeywords.UniqueItems),
        new("minContains", ArrayKeywords.MinContains),
        new("maxContains", ArrayKeywords.MaxContains),
    ];

    public static KeywordRule[] MetaData { get; } =
    [
        new("title", AnnotationKeywords.Title),
        new("description", AnnotationKeywords.Description),
        new("default", AnnotationKeywords.Default),
        new("examples", AnnotationKeywords.Examples),
        new("deprecated", AnnotationKeywords.Deprecated),
        new("readOnly", AnnotationKeywords.ReadOnly),
        new("writeOnly", AnnotationKeywords.WriteOnly),
    ];

    public static KeywordRule[] Format { get; } = [new("format", StringKeywords.Format)];

    public static KeywordRule[] Content { get; } =
    [
        new("contentMediaType", AnnotationKeywords.ContentMediaType),
        new("contentEncoding", AnnotationKeywords.ContentEncoding),
        new("contentSchema", AnnotationKeywords.ContentSchema, Below.Schema),
    ];

    /// <summary>Kept in the meta-schemas of 2019-09 and 2020-12 for the schemas that were written before.</summary>
    public static KeywordRule[] Legacy { get; } =
    [
        new("definitions", ReferenceKeywords.Definitions, Below.Map),
        new("dependencies", LegacyKeywords.Dependencies, Below.MapWithLists),
    ];

    public static FrozenSet<string> Since201909 { get; } = FrozenSet.ToFrozenSet(["$dynamicAnchor", "$dynamicRef"]);

    public static FrozenSet<string> SinceDraft7 { get; } = FrozenSet.ToFrozenSet(
    [
        "$anchor", "$dynamicAnchor", "$dynamicRef", "$vocabulary", "$defs", "dependentSchemas", "dependentRequired",
        "unevaluatedItems", "unevaluatedProperties", "minContains", "maxContains", "contentSchema", "deprecated",
    ]);
}
