using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>Reads <c>spam</c>.</summary>
internal static class SpamReader
{
    public static SpamDeclaration Read(LoadScope scope, SourceMapping endpoint, SchemaSource? schema)
    {
        var declared = new SpamDeclaration();
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
}
