using YamlDotNet.Core;

namespace Postroom.Declarations.Yaml;

/// <summary>Says the faults of the YAML scanner in words that name the slip behind them.</summary>
internal static class YamlWords
{
    public static TextFault Explain(YamlException exception, string text)
    {
        var place = new SourcePlace((int)exception.Start.Line, (int)exception.Start.Column);
        return TabBefore(text, place) is { } tab
            ? new(tab, "A tab stands in the indentation. YAML takes spaces only.")
            : new(place, Words(exception.Message));
    }

    private static string Words(string message) => message switch
    {
        _ when Has(message, "mapping values are not allowed", "found invalid mapping") =>
            "A second `: ` stands on this line. Put a text that holds `: ` in quotes.",
        _ when Has(message, "invalid indentation", "did not find expected key", "expected '-' indicator") =>
            "The indentation does not fit what stands above. Keys of one level begin in the same column.",
        _ when Has(message, "cannot start any token") =>
            "This character cannot begin a value. Put the text in quotes.",
        _ when Has(message, "expected ':'") =>
            "A key without `:` stands here. Write `key: value`, with a space after the colon.",
        _ when Has(message, "expected ',' or ']'") => "A `,` or the closing `]` is missing before this.",
        _ when Has(message, "expected ',' or '}'") => "A `,` or the closing `}` is missing before this.",
        _ when Has(message, "quoted scalar, found unexpected") => "The closing quote of a text is missing.",
        _ when Has(message, "unknown escape") =>
            "This escape is not known. In double quotes write `\\\\` for a backslash, or use single quotes.",
        _ => "The YAML cannot be read here: " + message,
    };

    private static bool Has(string message, params ReadOnlySpan<string> parts)
    {
        foreach (var part in parts)
        {
            if (message.Contains(part, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>The first tab among the leading white space of the fault's line or of the one before it.</summary>
    private static SourcePlace? TabBefore(string text, SourcePlace place)
    {
        var lines = text.Split('\n');
        for (var line = Math.Max(place.Line - 1, 1); line <= Math.Min(place.Line, lines.Length); line++)
        {
            var content = lines[line - 1];
            var indentation = content.Length - content.TrimStart().Length;
            var tab = content.IndexOf('\t', 0, indentation);
            if (tab >= 0)
                return new(line, tab + 1);
        }

        return null;
    }
}
