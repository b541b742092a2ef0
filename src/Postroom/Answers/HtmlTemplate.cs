using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Postroom.Storage;

namespace Postroom.Answers;

/// <summary>
/// What the compiler makes of <c>$"…"</c> handed to <see cref="HtmlWriter.Write"/>. A hole of a type that is not listed
/// here does not compile. Two slips of the page's author are caught on the first rendering, whatever the value: a hole
/// in an attribute without quotes, and a plain text where the attribute is an address or a script.
/// </summary>
[InterpolatedStringHandler]
internal ref struct HtmlTemplate
{
    private static readonly string[] s_activeAttributes =
        ["href", "src", "action", "formaction", "data", "poster", "srcset", "srcdoc", "style", "ping"];

    private readonly HtmlWriter _html;
    private string _before;

    /// <summary>Called by compiled code only.</summary>
    public HtmlTemplate(int literalLength, int formattedCount, HtmlWriter html)
    {
        _ = literalLength + formattedCount;
        _html = html;
        _before = "";
    }

    public void AppendLiteral(string literal)
    {
        _html.WriteLiteral(literal);
        _before = literal;
    }

    public void AppendFormatted(string? text) => AppendFormatted(text.AsSpan());

    public void AppendFormatted(ReadOnlySpan<char> text)
    {
        GuardAttribute();
        _html.WriteText(text);
        _before = "";
    }

    public void AppendFormatted(int number) => AppendFormatted((long)number);

    public void AppendFormatted(long number)
    {
        GuardQuotes();
        _html.WriteNumber(number);
        _before = "";
    }

    public void AppendFormatted(EntryId id)
    {
        GuardQuotes();
        Span<byte> ascii = stackalloc byte[EntryId.TextLength];
        id.Format(ascii);
        Span<char> text = stackalloc char[EntryId.TextLength];
        Encoding.ASCII.GetChars(ascii, text);
        _html.WriteText(text);
        _before = "";
    }

    /// <summary>As in RFC 3339, in UTC, to the second: the form that the attribute <c>datetime</c> wants.</summary>
    public void AppendFormatted(DateTimeOffset time) =>
        AppendFormatted(time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

    public void AppendFormatted(HtmlUrl url)
    {
        GuardQuotes();
        _html.WriteText(url.ToString());
        _before = "";
    }

    public void AppendFormatted(Html fragment)
    {
        GuardQuotes();
        fragment.WriteTo(_html);
        _before = "";
    }

    internal readonly void Close()
    {
        GuardQuotes();
        if (_before.EndsWith("=\"", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"An attribute must end in the template that begins it: {_before}");
        }
    }

    private readonly void GuardQuotes()
    {
        if (_before.EndsWith('='))
        {
            throw new InvalidOperationException($"An attribute's value must stand in quotes: {_before}");
        }
    }

    private readonly void GuardAttribute()
    {
        GuardQuotes();
        if (!_before.EndsWith("=\"", StringComparison.Ordinal) && !_before.EndsWith("='", StringComparison.Ordinal))
        {
            return;
        }

        var name = _before.AsSpan()[(_before.LastIndexOfAny([' ', '\n', '<']) + 1)..^2];
        if (name.StartsWith("on", StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidOperationException($"A value cannot be part of a script: {_before}");
        }

        foreach (var active in s_activeAttributes)
        {
            if (name.Equals(active, StringComparison.OrdinalIgnoreCase))
            {
                throw new InvalidOperationException($"An address must come as {nameof(HtmlUrl)}: {_before}");
            }
        }
    }
}
