using System.Collections.Frozen;

namespace Postroom.JsonSchema.Dialects;

/// <summary>The dialects that are known without asking anyone.</summary>
internal static class KnownDialects
{
    private const string Root = "https://json-schema.org/draft/";

    private static readonly FrozenDictionary<string, KeywordRule[]> Vocabularies202012 =
        new Dictionary<string, KeywordRule[]>
        {
            [Root + "2020-12/vocab/core"] = Vocabularies.Core,
            [Root + "2020-12/vocab/applicator"] = Vocabularies.Applicator,
            [Root + "2020-12/vocab/unevaluated"] = Vocabularies.Unevaluated,
            [Root + "2020-12/vocab/validation"] = Vocabularies.Validation,
            [Root + "2020-12/vocab/meta-data"] = Vocabularies.MetaData,
            [Root + "2020-12/vocab/format-annotation"] = Vocabularies.Format,
            [Root + "2020-12/vocab/format-assertion"] = Vocabularies.Format,
            [Root + "2020-12/vocab/content"] = Vocabularies.Content,
        }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, KeywordRule[]> Vocabularies201909 =
        new Dictionary<string, KeywordRule[]>
        {
            [Root + "2019-09/vocab/core"] = [.. Vocabularies.Core, .. Vocabularies.Recursion],
            [Root + "2019-09/vocab/applicator"] =
            [
                .. Vocabularies.Common, .. Vocabularies.Dependents, .. Vocabularies.OldItems,
                .. Vocabularies.Unevaluated,
            ],
            [Root + "2019-09/vocab/validation"] = Vocabularies.Validation,
            [Root + "2019-09/vocab/meta-data"] = Vocabularies.MetaData,
            [Root + "2019-09/vocab/format"] = Vocabularies.Format,
            [Root + "2019-09/vocab/content"] = Vocabularies.Content,
        }.ToFrozenDictionary();

    public static Dialect Draft202012 { get; } = new()
    {
        Uri = Root + "2020-12/schema",
        Vocabularies = Vocabularies202012,
        Rules = Table([.. Vocabularies202012.Values.SelectMany(rules => rules), .. Vocabularies.Legacy]),
        ContainsEvaluates = true,
    };

    public static Dialect Draft201909 { get; } = new()
    {
        Uri = Root + "2019-09/schema",
        Vocabularies = Vocabularies201909,
        Rules = Table(
            [.. Vocabularies201909.Values.SelectMany(rules => rules), .. Vocabularies.Legacy],
            without: Vocabularies.Since201909),
    };

    public static Dialect Draft7 { get; } = new()
    {
        Uri = "http://json-schema.org/draft-07/schema",
        Rules = Table(
        [
            .. Vocabularies.Core, .. Vocabularies.Common, .. Vocabularies.OldItems, .. Vocabularies.Validation,
            .. Vocabularies.MetaData, .. Vocabularies.Format, .. Vocabularies.Content, .. Vocabularies.Legacy,
        ], without: Vocabularies.SinceDraft7),
        ReferenceStandsAlone = true,
        IdentifierMayBeAnchor = true,
    };

    /// <summary>The dialect of a meta-schema's URI, an empty fragment counting nothing, or null.</summary>
    public static Dialect? Find(string uri)
    {
        uri = uri.EndsWith('#') ? uri[..^1] : uri;
        return new[] { Draft202012, Draft201909, Draft7 }.FirstOrDefault(dialect => dialect.Uri == uri);
    }

    public static FrozenDictionary<string, KeywordRule> Table(
        IEnumerable<KeywordRule> rules, FrozenSet<string>? without = null) =>
        rules.Where(rule => without is null || !without.Contains(rule.Name))
            .DistinctBy(rule => rule.Name)
            .ToFrozenDictionary(rule => rule.Name);
}
