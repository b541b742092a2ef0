using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>Reads <c>compatible</c>: the form service for which an endpoint's pages were written.</summary>
internal static class CompatibleReader
{
    public static FormService? Read(SourceMapping endpoint) => endpoint.Text("compatible")?.Text switch
    {
        "formspree" => FormService.Formspree,
        "web3forms" => FormService.Web3Forms,
        _ => null,
    };
}
