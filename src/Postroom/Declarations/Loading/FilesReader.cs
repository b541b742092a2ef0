using System.Text.RegularExpressions;
using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>Reads <c>files</c> of an endpoint: which types it takes.</summary>
internal static partial class FilesReader
{
    public static FilesDeclaration Read(LoadScope scope, SourceMapping endpoint)
    {
        if (endpoint.Mapping("files") is not { } mapping)
        {
            return new();
        }

        var types = ListReader.Read(scope, mapping, "types", (string text, out string? fault) =>
        {
            fault = IsType(text) ? null
                : $"`{Excerpt.Of(text)}` is no type of file. Write a media type such as `application/pdf`, a family "
                    + "such as `image/*`, or an extension such as `.docx`.";
            return fault is null ? text.ToLowerInvariant() : null;
        });
        return new() { Types = types, Pixels = mapping.Count("pixels"), Scanner = Scanner(scope, mapping) };
    }

    private static string? Scanner(LoadScope scope, SourceMapping mapping)
    {
        if (mapping.Text("scanner") is not { } address)
        {
            return null;
        }

        if (!ScannerAddress().IsMatch(address.Text))
        {
            scope.Fault(address, $"`{Excerpt.Of(address.Text)}` is no address of a clamd. Write "
                + "`tcp://localhost:3310` or `unix:/run/clamav/clamd.ctl`.");
        }

        return address.Text;
    }

    [GeneratedRegex(@"^(tcp://[A-Za-z0-9.\-\[\]:]{1,253}:[0-9]{1,5}|unix:/.{1,100})\z")]
    private static partial Regex ScannerAddress();

    /// <summary>True for a media type, a family of them, and an extension with its dot.</summary>
    internal static bool IsType(string text) => TypeText().IsMatch(text);

    [GeneratedRegex(@"^(\.[A-Za-z0-9]{1,20}|[A-Za-z0-9!#$&^_.+-]{1,60}/(\*|[A-Za-z0-9!#$&^_.+-]{1,80}))\z")]
    private static partial Regex TypeText();
}
