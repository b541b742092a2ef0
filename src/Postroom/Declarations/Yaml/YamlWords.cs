using YamlDotNet.Core;

namespace Postroom.Declarations.Yaml;

/// <summary>Says the faults of the YAML scanner in words that name the slip behind them.</summary>
internal static class YamlWords
{
    public const string Unclosed = "something above is not closed";

    public static TextFault Explain(YamlException exception, string text)
    {
        var place = new SourcePlace((int)exception.Start.Line, (int)exception.Start.Column);
        return Tab(text, place, Has(exception.Message, " tab ")) is { } tab
            ? new(tab, "A tab stands in the indentation. YAML takes spaces only.")
            : new(place, Words(exception.Message) + VariableHint(text, place));
    }

    private static string Words(string message) => message switch
    {
        _ when Has(message, "mapping values are not allowed", "found invalid mapping") =>
            "A `:` may not stand here. Put a text that holds `: ` in quotes, or mend the indentation.",
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
        _ when Has(message, "expected <document") => "The document has ended above, and more follows here.",
        Unclosed => "The YAML cannot be read up to here: a bracket, brace or quote above may not be closed.",
        _ => "The YAML cannot be read here: " + message,
    };

    /// <summary>The brace of a variable ends a mapping that is written in braces.</summary>
    private static string VariableHint(string text, SourcePlace place) =>
        text.Split('\n') is var lines && place.Line <= lines.Length
        && lines[place.Line - 1] is var line && line.IndexOf("${", StringComparison.Ordinal) is var start and > 0
        && line.IndexOf('{', StringComparison.Ordinal) <= start
            ? " Inside braces put `${…}` in quotes, or give the key a line of its own."
            : "";

    private static bool Has(string message, params ReadOnlySpan<string> parts)
    {
        foreach (var part in parts)
        {
            if (message.Contains(part, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The first tab among the leading white space of the fault's line, of the one before it, or of any after it
    /// where the scanner speaks of a tab.
    /// </summary>
    private static SourcePlace? Tab(string text, SourcePlace place, bool anyAfter)
    {
        var lines = text.Split('\n');
        var last = anyAfter ? lines.Length : Math.Min(place.Line, lines.Length);
        for (var line = Math.Max(place.Line - 1, 1); line <= last; line++)
        {
            var content = lines[line - 1];
            var indentation = content.Length - content.TrimStart().Length;
            var tab = content.IndexOf('\t', 0, indentation);
            if (tab >= 0)
            {
                return new(line, tab + 1);
            }
        }

        return null;
    }
}
