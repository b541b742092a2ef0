using System.Text.Json;
using Postroom.JsonSchema.Compiling;
using Postroom.JsonSchema.Dialects;
using Postroom.JsonSchema.Text;

namespace Postroom.JsonSchema.Loading;

/// <summary>
/// Finds the dialect that <c>$schema</c> names: a known one, or one whose meta-schema chooses among the vocabularies
/// of a known one (JSON Schema Core, section 8.1.2).
/// </summary>
internal sealed class DialectFinder(SchemaOptions options, ErrorList errors)
{
    private const int MetaSchemasInARowMax = 8;

    private readonly Dictionary<string, Dialect?> _found = new(StringComparer.Ordinal);

    /// <summary>Null when the schema does not say, or when what it says is an error, which is noted.</summary>
    public Dialect? Of(SourceNode schema)
    {
        if (schema.Child("$schema") is not { IsString: true } keyword)
        {
            return null;
        }

        string uri = keyword.Text;
        if (!_found.TryGetValue(uri, out Dialect? dialect))
        {
            dialect = KnownDialects.Find(uri) ?? Read(keyword, uri, MetaSchemasInARowMax);
            _found.Add(uri, dialect);
        }

        if (dialect is null)
        {
            errors.Add(keyword, $"the schema is of {uri}, which is not known; "
                + $"{KnownDialects.Draft202012.Uri}, 2019-09 and draft 7 are");
        }

        return dialect;
    }

    private Dialect? Read(SourceNode keyword, string uri, int depth)
    {
        string address = UriReference.Parse(uri).WithoutFragment;
        if (depth == 0 || SchemaText.Find(options, address) is not { } text
            || SchemaText.Check(options, text.Span) is not null)
        {
            return null;
        }

        SourceNode meta = new SchemaDocument(address, text.ToArray(), isMain: false).Read(options.DepthMax);
        string own = meta.Child("$schema") is { IsString: true } schema ? schema.Text : KnownDialects.Draft202012.Uri;
        Dialect? parent = KnownDialects.Find(own) ?? Read(keyword, own, depth - 1);
        return parent is null || meta.Child("$vocabulary") is not { IsObject: true } chosen
            ? parent
            : Choose(keyword, address, parent, chosen);
    }

    private Dialect Choose(SourceNode keyword, string uri, Dialect parent, SourceNode chosen)
    {
        var rules = new List<KeywordRule>();
        bool assertsFormats = false;
        foreach (SourceNode vocabulary in chosen.Children)
        {
            if (parent.Vocabularies.TryGetValue(vocabulary.Key, out KeywordRule[]? known))
            {
                rules.AddRange(known);
                assertsFormats |= vocabulary.Key.EndsWith("/format-assertion", StringComparison.Ordinal);
            }
            else if (vocabulary.Type == JsonTokenType.True)
            {
                errors.Add(keyword, $"{uri} needs the vocabulary {vocabulary.Key}, which is not known");
            }
        }

        return parent with
        {
            Uri = uri, Rules = KnownDialects.Table(rules), AssertsFormats = assertsFormats, IsComplete = false,
        };
    }
}
