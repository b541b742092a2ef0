using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>Reads <c>spam</c>: <c>off</c>, or an object of rules.</summary>
internal static class SpamReader
{
    private const string On = "on";
    private const int WordsMax = 1000;
    private const int BlockedMax = 100_000;

    public static SpamDeclaration Read(LoadScope scope, SourceMapping endpoint, SchemaSource? schema)
    {
        var declared = new SpamDeclaration();
        if (endpoint.Text("spam") is { } switched)
        {
            return IsOff(scope, switched, "spam", "`off` or an object") ? SpamDeclaration.Off : declared;
        }

        if (endpoint.Mapping("spam") is not { } mapping)
        {
            return declared;
        }

        var measures = new MeasureReader(scope, mapping);
        return new()
        {
            Honeypot = mapping.Find("honeypot") is null ? declared.Honeypot : Honeypot(scope, mapping, schema),
            MinimumFillTime = measures.Duration(
                "minimumFillTime", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), canBeOff: true)
                ?? declared.MinimumFillTime,
            Links = Links(scope, mapping),
            Words = TextListReader.Read(scope, mapping, "words", BlockedWord.Parse, WordsMax),
            BlockedEmails = TextListReader.Read(scope, mapping, "blockedEmails", BlockedEmail.Parse, BlockedMax),
            Markup = mapping.Text("markup")?.Text == On,
            IdenticalFields = mapping.Text("identicalFields")?.Text == On,
            ProofOfWork = ProofOfWorkReader.Read(scope, mapping, schema),
        };
    }

    private static List<string> Honeypot(LoadScope scope, SourceMapping spam, SchemaSource? schema)
    {
        var names = new List<string>();
        foreach (var name in spam.Texts("honeypot"))
        {
            if (schema?.Names(name.Text) == true)
            {
                scope.Fault(name, $"`{Excerpt.Of(name.Text)}` is a field of the schema: whoever fills it would be "
                    + "held. A honeypot is a field that people never see.");
            }

            if (!names.Contains(name.Text))
            {
                names.Add(name.Text);
            }
        }

        return names;
    }

    private static int? Links(LoadScope scope, SourceMapping spam)
    {
        if (spam.Text("links") is not { } text)
        {
            return spam.Count("links");
        }

        IsOff(scope, text, "links", "a number or `off`");
        return null;
    }

    private static bool IsOff(LoadScope scope, SourceScalar text, string key, string choices)
    {
        if (text.Text == MeasureReader.Off)
        {
            return true;
        }

        scope.Fault(text, $"`{key}` is {choices}, not `{Excerpt.Of(text.Text)}`.");
        return false;
    }
}
