using System.Collections.Frozen;

namespace Postroom.JsonSchema.Compiling;

/// <summary>Every keyword that is understood, and what is said about the others.</summary>
internal static class Keywords
{
    /// <summary>Keywords of 2020-12 that this compiler refuses, so that none is silently without effect.</summary>
    private static readonly FrozenSet<string> Unsupported = FrozenSet.ToFrozenSet(
    [
        "$anchor", "$dynamicAnchor", "$dynamicRef", "$vocabulary", "if", "then", "else", "dependentSchemas",
        "dependentRequired", "propertyNames", "contains", "minContains", "maxContains", "unevaluatedProperties",
        "unevaluatedItems", "contentSchema",
    ]);

    public static FrozenDictionary<string, KeywordReader> ByName { get; } = new Dictionary<string, KeywordReader>
    {
        ["type"] = ValueKeywords.Type,
        ["enum"] = ValueKeywords.Enum,
        ["const"] = ValueKeywords.Const,
        ["minLength"] = StringKeywords.MinLength,
        ["maxLength"] = StringKeywords.MaxLength,
        ["pattern"] = StringKeywords.Pattern,
        ["format"] = StringKeywords.Format,
        ["minimum"] = NumberKeywords.Minimum,
        ["maximum"] = NumberKeywords.Maximum,
        ["exclusiveMinimum"] = NumberKeywords.ExclusiveMinimum,
        ["exclusiveMaximum"] = NumberKeywords.ExclusiveMaximum,
        ["multipleOf"] = NumberKeywords.MultipleOf,
        ["properties"] = ObjectKeywords.Properties,
        ["required"] = ObjectKeywords.Required,
        ["additionalProperties"] = ObjectKeywords.AdditionalProperties,
        ["patternProperties"] = ObjectKeywords.PatternProperties,
        ["minProperties"] = ObjectKeywords.MinProperties,
        ["maxProperties"] = ObjectKeywords.MaxProperties,
        ["items"] = ArrayKeywords.Items,
        ["prefixItems"] = ArrayKeywords.PrefixItems,
        ["minItems"] = ArrayKeywords.MinItems,
        ["maxItems"] = ArrayKeywords.MaxItems,
        ["uniqueItems"] = ArrayKeywords.UniqueItems,
        ["allOf"] = InPlaceKeywords.AllOf,
        ["anyOf"] = InPlaceKeywords.AnyOf,
        ["oneOf"] = InPlaceKeywords.OneOf,
        ["not"] = InPlaceKeywords.Not,
        ["$ref"] = InPlaceKeywords.Reference,
        ["$defs"] = InPlaceKeywords.Definitions,
        ["$schema"] = AnnotationKeywords.Dialect,
        ["$id"] = AnnotationKeywords.Identifier,
        ["$comment"] = AnnotationKeywords.Comment,
        ["title"] = AnnotationKeywords.Title,
        ["description"] = AnnotationKeywords.Description,
        ["default"] = AnnotationKeywords.Default,
        ["examples"] = AnnotationKeywords.Examples,
        ["contentMediaType"] = AnnotationKeywords.ContentMediaType,
        ["contentEncoding"] = AnnotationKeywords.ContentEncoding,
        ["deprecated"] = AnnotationKeywords.Deprecated,
        ["readOnly"] = AnnotationKeywords.ReadOnly,
        ["writeOnly"] = AnnotationKeywords.WriteOnly,
    }.ToFrozenDictionary();

    public static string Unknown(string keyword)
    {
        if (Unsupported.Contains(keyword))
        {
            return $"the keyword \"{keyword}\" is not supported yet";
        }

        string? near = Spelling.Nearest(keyword, ByName.Keys);
        string hint = near is null ? "; a keyword of your own begins with x-" : $"; did you mean \"{near}\"?";
        return $"unknown keyword \"{keyword}\"{hint}";
    }
}
