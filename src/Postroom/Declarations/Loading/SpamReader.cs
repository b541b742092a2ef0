using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>Reads <c>spam</c>.</summary>
internal static class SpamReader
{
    public static SpamDeclaration Read(LoadScope scope, SourceMapping endpoint)
    {
        var declared = new SpamDeclaration();
        if (endpoint.Mapping("spam") is not { } mapping)
            return declared;
        var measures = new MeasureReader(scope, mapping);
        return new()
        {
            Honeypot = mapping.Find("honeypot") is null
                ? declared.Honeypot
                : [.. mapping.Texts("honeypot").Select(name => name.Text).Distinct(StringComparer.Ordinal)],
            MinimumFillTime = measures.Duration(
                "minimumFillTime", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), canBeOff: true)
                ?? declared.MinimumFillTime,
        };
    }
}
