namespace Postroom.Answers;

/// <summary>The frame that every page shares: head, wordmark, navigation, main part, foot.</summary>
internal sealed record HtmlPage
{
    /// <summary>What the tab shows, before "· Postroom".</summary>
    public required string Title { get; init; }

    /// <summary>The content of <c>main</c>.</summary>
    public required Html Main { get; init; }

    /// <summary>The language of its words (BCP 47).</summary>
    public string Language { get; init; } = "en";

    /// <summary>True for one column of text or one form.</summary>
    public bool Narrow { get; init; }

    /// <summary>Where the wordmark leads; none for visitors, who have no business in the inbox.</summary>
    public HtmlUrl? Home { get; init; }

    /// <summary>A stylesheet beside the shared one; none for most pages.</summary>
    public HtmlUrl? Stylesheet { get; init; }

    /// <summary>What stands beside the wordmark; empty for visitors.</summary>
    public Html Navigation { get; init; }

    /// <summary>The sentence at the foot.</summary>
    public Html Foot { get; init; } = Html.Constant("Received and kept by Postroom.");

    /// <summary>Writes the whole document.</summary>
    public void WriteTo(HtmlWriter html)
    {
        html.Write($"""
            <!doctype html>
            <html lang="{Language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <title>{Title} · Postroom</title>
            <link rel="icon" href="/_postroom/assets/mark.svg" type="image/svg+xml">
            <link rel="stylesheet" href="/_postroom/assets/postroom.css">
            {Html.From(WriteStylesheet)}</head>
            <body>
            <a class="skip" href="#main">Skip to the content</a>
            <header class="top"><div class="frame">{Html.From(WriteWordmark)}{Navigation}</div></header>
            <main class="frame{Html.When(Narrow, " narrow")}" id="main">

            """);
        html.Write($"""
            {Main}
            </main>
            <footer class="foot"><div class="frame{Html.When(Narrow, " narrow")}"><p>{Foot}</p></div></footer>
            </body>
            </html>

            """);
    }

    private void WriteStylesheet(HtmlWriter html)
    {
        if (Stylesheet is { } stylesheet)
        {
            html.Write($"<link rel=\"stylesheet\" href=\"{stylesheet}\">\n");
        }
    }

    private void WriteWordmark(HtmlWriter html)
    {
        var mark = Html.Constant("""
            <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true">
            <path d="M2 2h20v20H2zM2 12h20M12 2v20"></path>
            <path d="M14.4 15.2h5.2v4.2h-5.2z" fill="currentColor" stroke="none"></path></svg>
            """);
        if (Home is { } home)
        {
            html.Write($"<a class=\"wordmark\" href=\"{home}\">{mark}Postroom</a>");
        }
        else
        {
            html.Write($"<span class=\"wordmark\">{mark}Postroom</span>");
        }
    }
}
