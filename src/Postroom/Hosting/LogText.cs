using System.Globalization;
using System.Text;
using System.Text.Json;
using Postroom.Exchange;

namespace Postroom.Hosting;

/// <summary>
/// What strangers sent, made fit for a log line: cut, without control characters and without those that turn or hide
/// text. Values appear in development only; production logs names.
/// </summary>
internal static class LogText
{
    private const int ValuesMax = 200;
    private const int AgentMax = 40;

    public static string Agent(PostExchange exchange)
    {
        var agent = exchange.Http.Request.Headers.UserAgent.ToString();
        var end = agent.IndexOf(' ', StringComparison.Ordinal);
        return agent.Length == 0 ? "-" : Clean(end < 0 ? agent : agent[..end], AgentMax);
    }

    public static string Document(PostExchange exchange)
    {
        if (exchange.Document.IsEmpty)
        {
            return "-";
        }

        return exchange.Plan.IsDevelopment
            ? Values(exchange.Plan.Hidden.Show(exchange.Document).Span)
            : Clean(Names(exchange.Document.Span), ValuesMax);
    }

    private static string Values(ReadOnlySpan<byte> document) =>
        Clean(Encoding.UTF8.GetString(document[..Math.Min(document.Length, ValuesMax * 4)]), ValuesMax);

    public static string Note(PostExchange exchange) => exchange switch
    {
        { Fault: { } fault } => " — " + Clean(fault.Message, ValuesMax),
        { Leniency: { } leniency, Remark: { } remark } => " — " + Clean($"{leniency}; {remark}", ValuesMax),
        { Leniency: { } leniency } => " — " + Clean(leniency, ValuesMax),
        { Remark: { } remark } => " — " + Clean(remark, ValuesMax),
        _ => "",
    };

    private static string Names(ReadOnlySpan<byte> document)
    {
        var names = new StringBuilder("{");
        var reader = new Utf8JsonReader(document);
        reader.Read();
        while (names.Length < ValuesMax && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            names.Append(names.Length > 1 ? ", " : "").Append(reader.GetString());
            reader.Skip();
        }

        return names.Append('}').ToString();
    }

    private static string Clean(string text, int max)
    {
        var clean = new StringBuilder(Math.Min(text.Length, max) + 1);
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length >= max)
            {
                clean.Append('…');
                break;
            }

            if (IsHarmful(rune))
            {
                clean.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
            }
            else
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString();
    }

    /// <summary>Controls, line separators, and what changes the direction of text or is not seen at all.</summary>
    private static bool IsHarmful(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
