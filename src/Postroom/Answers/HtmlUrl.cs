using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Postroom.Answers;

/// <summary>An address that may stand in a page: http, https or relative, never one that runs a script.</summary>
internal readonly struct HtmlUrl
{
    private static readonly SearchValues<char> s_schemeEnd = SearchValues.Create(":/?#");

    private readonly string? _text;

    private HtmlUrl(string text) => _text = text;

    /// <summary>Takes an address of unknown origin; false unless it is http, https or relative.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out HtmlUrl url)
    {
        url = default;
        if (string.IsNullOrEmpty(text) || !IsAllowed(text))
        {
            return false;
        }

        url = new HtmlUrl(text);
        return true;
    }

    /// <summary>Takes one of our own addresses.</summary>
    /// <exception cref="ArgumentException">It is not http, https or relative.</exception>
    public static HtmlUrl Of(string text) => TryParse(text, out var url)
        ? url
        : throw new ArgumentException($"Not an address for a page: {text}", nameof(text));

    /// <summary>One of our own addresses with a query; parameters without a value are left out.</summary>
    public static HtmlUrl Of(string path, params ReadOnlySpan<(string Name, string? Value)> query)
    {
        var text = new StringBuilder(path);
        var separator = '?';
        foreach (var (name, value) in query)
        {
            if (!string.IsNullOrEmpty(value))
            {
                text.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
                separator = '&';
            }
        }

        return Of(text.ToString());
    }

    /// <summary>The address; <c>#</c> when there is none.</summary>
    public override string ToString() => _text ?? "#";

    // A browser drops tabs and line ends anywhere and spaces and controls at both ends before it looks for the scheme
    // (URL §4.4), and reads a backslash as a slash: none of them is taken, so that what we judge is what it reads.
    private static bool IsAllowed(string text)
    {
        foreach (var character in text)
        {
            if (char.IsControl(character) || char.IsWhiteSpace(character) || character == '\\')
            {
                return false;
            }
        }

        var end = text.AsSpan().IndexOfAny(s_schemeEnd);
        return end < 0 || text[end] != ':'
            || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase);
    }
}
