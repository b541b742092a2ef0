using Postroom.Storage;

namespace Postroom.Answers;

/// <summary>
/// What a person sees after a POST that was accepted: thanks, what arrived, and the number to ask by.
/// </summary>
internal sealed record ReceiptPage
{
    private const int HeadingMaximum = 80;

    /// <summary>The endpoint's words of thanks, with its fields filled in: the heading, unless they are many.</summary>
    public required string Message { get; init; }

    /// <summary>The entry's id: the reference.</summary>
    public required EntryId Entry { get; init; }

    /// <summary>When it arrived, in Unix milliseconds.</summary>
    public required long ReceivedAt { get; init; }

    /// <summary>What was received, as UTF-8 JSON; null where it is not to be shown again.</summary>
    public ReadOnlyMemory<byte>? Document { get; init; }

    /// <summary>The files that came with it.</summary>
    public IReadOnlyList<EntryFile> Files { get; init; } = [];

    /// <summary>Where "Back" leads; null for nowhere.</summary>
    public HtmlUrl? Back { get; init; }

    /// <summary>What the tab shows, and the heading above a long message.</summary>
    public string Title { get; init; } = "Thank you";

    /// <summary>The language of its words (BCP 47).</summary>
    public string Language { get; init; } = "en";

    /// <summary>Writes the page.</summary>
    public void WriteTo(HtmlWriter html) => new HtmlPage
    {
        Title = Title,
        Language = Language,
        Narrow = true,
        Main = Html.From(WriteMain),
    }.WriteTo(html);

    private void WriteMain(HtmlWriter html)
    {
        if (Message.Length <= HeadingMaximum)
        {
            html.Write($"<h1>{Message}</h1>\n");
        }
        else
        {
            html.Write($"<div><h1>{Title}</h1><p class=\"lead\">{Message}</p></div>\n");
        }

        html.Write($"""
            <p class="receipt"><span>Reference</span><code>{Entry}</code></p>
            <p class="soft">Received and stored on {HtmlTime.Exact(ReceivedAt)}.
            Reloading this page sends nothing again.</p>

            """);
        if (Document is { } document)
        {
            html.Write($"""
                <section class="card"><h2 class="plate">What was received</h2>
                {DocumentFacts.Of(document)}{Html.From(WriteFiles)}</section>

                """);
        }

        if (Back is { } back)
        {
            html.Write($"<p class=\"actions\"><a class=\"button quiet\" href=\"{back}\">Back</a></p>");
        }
    }

    private void WriteFiles(HtmlWriter html)
    {
        if (Files.Count == 0)
        {
            return;
        }

        html.Write($"<ul class=\"files\">\n");
        foreach (var file in Files)
        {
            html.Write($"<li><bdi>{file.Name}</bdi> <span class=\"soft\">{file.Size} bytes</span></li>\n");
        }

        html.Write($"</ul>\n");
    }
}
