using System.Text;
using System.Text.Json.Nodes;

namespace Postroom.Description;

/// <summary>An operation as a line for a shell.</summary>
internal static class CurlLine
{
    /// <param name="operation">What is done.</param>
    /// <param name="home">The server's address, without a slash at the end.</param>
    public static string Of(ApiOperation operation, string home)
    {
        var path = operation.Path;
        foreach (var parameter in operation.Parameters.Where(parameter => parameter.Place == "path"))
        {
            path = path.Replace("{" + parameter.Name + "}", parameter.Example, StringComparison.Ordinal);
        }

        var line = new StringBuilder("curl ");
        if (operation.Method is not ("get" or "post") || operation.Body.Count == 0 && operation.Method == "post")
        {
            line.Append("-X ").Append(operation.Method.ToUpperInvariant()).Append(' ');
        }

        line.Append(Quote(home + path));
        foreach (var parameter in operation.Parameters
            .Where(parameter => parameter is { Place: "header", IsRequired: true }))
        {
            line.Append(" -H ").Append(Quote($"{parameter.Name}: {parameter.Example}"));
        }

        if (operation.Body is [var content, ..])
        {
            line.Append(BodyOf(content));
        }

        return line.ToString();
    }

    private static string BodyOf(ApiContent content) => content switch
    {
        { MediaType: "multipart/form-data", Example: JsonObject fields } => string.Concat(
            fields.Select(field => " -F " + Quote($"{field.Key}={field.Value}"))),
        _ => $" -H {Quote("Content-Type: " + content.MediaType)} -d {Quote(TextOf(content))}",
    };

    /// <summary>What somebody would send; empty where no example could be made.</summary>
    public static string TextOf(ApiContent content, bool indented = false) =>
        content.Example is { } example ? SampleText.Of(example, indented) : "";

    /// <summary>Between single quotes a shell takes everything as it is, but for a single quote.</summary>
    private static string Quote(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
