using System.Collections.Frozen;

namespace Postroom.JsonSchema.Dialects;

/// <summary>The keywords that a schema may use, and what some of them mean in it.</summary>
internal sealed record Dialect
{
    /// <summary>The URI of its meta-schema.</summary>
    public required string Uri { get; init; }

    public required FrozenDictionary<string, KeywordRule> Rules { get; init; }

    /// <summary>By URI, for meta-schemas that choose among them with <c>$vocabulary</c>.</summary>
    public FrozenDictionary<string, KeywordRule[]> Vocabularies { get; init; } =
        FrozenDictionary<string, KeywordRule[]>.Empty;

    /// <summary>Draft 7, section 8.3: beside <c>$ref</c> nothing else counts.</summary>
    public bool ReferenceStandsAlone { get; init; }

    /// <summary>Draft 7, section 8.2.3: <c>$id</c> may be a fragment, which is what <c>$anchor</c> is since.</summary>
    public bool IdentifierMayBeAnchor { get; init; }

    /// <summary>Since 2020-12 an item that <c>contains</c> found is evaluated.</summary>
    public bool ContainsEvaluates { get; init; }

    /// <summary>Has every vocabulary of its draft: a keyword it does not have is a misspelt one.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>The vocabulary <c>format-assertion</c> is in use.</summary>
    public bool AssertsFormats { get; init; }
}
