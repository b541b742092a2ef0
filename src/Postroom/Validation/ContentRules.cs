using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Postroom.Declarations;
using Postroom.Exchange;
using Postroom.JsonSchema;

namespace Postroom.Validation;

/// <summary>
/// The rules about what a message says, compiled once. One walk over all names and texts, in time that grows with the
/// message alone.
/// </summary>
internal sealed class ContentRules(SpamDeclaration spam)
{
    private const int IdenticalMin = 3;
    private readonly WordList _words = new(spam.Words);
    private readonly EmailBlocks _emails = new(spam.BlockedEmails);

    public static bool AreAskedFor(SpamDeclaration spam) =>
        spam.Links is not null || spam.Markup || spam.IdenticalFields || spam.Words.Count > 0
        || spam.BlockedEmails.Count > 0;

    public void Judge(PostExchange exchange)
    {
        var findings = new Findings();
        var reader = new Utf8JsonReader(
            exchange.Document.Span, new JsonReaderOptions { MaxDepth = CompiledSchema.DepthMaxLimit });
        var buffer = ArrayPool<char>.Shared.Rent(256);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            {
                if (buffer.Length < reader.ValueSpan.Length)
                {
                    ArrayPool<char>.Shared.Return(buffer);
                    buffer = ArrayPool<char>.Shared.Rent(reader.ValueSpan.Length);
                }

                var text = buffer.AsSpan(0, reader.CopyString(buffer));
                Look(text[..FoldedText.Fold(text)], reader.TokenType == JsonTokenType.String, findings);
            }
        }

        ArrayPool<char>.Shared.Return(buffer);
        Hold(exchange, findings);
    }

    private void Look(ReadOnlySpan<char> text, bool isValue, Findings findings)
    {
        if (spam.Links is not null)
        {
            findings.Links += LinkText.Count(text);
        }

        if (spam.Markup)
        {
            findings.Markup ??= LinkText.Markup(text);
        }

        if (!_words.IsEmpty)
        {
            findings.Word ??= _words.Find(text);
        }

        if (!_emails.IsEmpty)
        {
            findings.Email ??= _emails.Find(text);
        }

        if (spam.IdenticalFields && isValue)
        {
            findings.Values++;
            findings.First ??= text.ToString();
            findings.Differ |= !text.SequenceEqual(findings.First);
        }
    }

    private void Hold(PostExchange exchange, Findings findings)
    {
        if (findings.Links > spam.Links)
        {
            exchange.Hold("links", string.Create(
                CultureInfo.InvariantCulture, $"{findings.Links} links (at most {spam.Links})"));
        }

        if (findings.Word is { } word)
        {
            exchange.Hold("words", $"it says \u201C{word}\u201D");
        }

        if (findings.Email is { } email)
        {
            exchange.Hold("blocked-email", $"an address of {email}");
        }

        if (findings.Markup is { } markup)
        {
            exchange.Hold("markup", markup);
        }

        if (findings is { Differ: false, Values: >= IdenticalMin, First.Length: > 0 })
        {
            exchange.Hold("identical-fields", string.Create(
                CultureInfo.InvariantCulture, $"the same text in all {findings.Values} fields"));
        }
    }

    private sealed class Findings
    {
        public int Links { get; set; }

        public string? Markup { get; set; }

        public string? Word { get; set; }

        public string? Email { get; set; }

        public int Values { get; set; }

        public string? First { get; set; }

        public bool Differ { get; set; }
    }
}
