using Postroom.Answers;
using Postroom.Identity;
using Postroom.Storage;

namespace Postroom.Inbox;

/// <summary>A list of entries as a page: counts, filter, table, ways on.</summary>
internal sealed record InboxView
{
    public required ConsoleSession Session { get; init; }

    public required InboxFilter Filter { get; init; }

    public required InboxList List { get; init; }

    public required IReadOnlyList<EntryCount> Counts { get; init; }

    public required DateTimeOffset Now { get; init; }

    public Html Notice { get; init; }

    private bool IsHeldRoom => Filter.Room == ConsolePaths.Held;

    public HtmlPage Page() =>
        ConsoleFrame.Around(Session, Filter.Room, IsHeldRoom ? "Held" : "Inbox", WriteMain);

    private void WriteMain(HtmlWriter html)
    {
        if (IsHeldRoom)
        {
            html.Write($"""
                <div><h1>Held</h1><p class="lead">Set aside, each for a reason; nothing has followed from it.
                The sender of what looks like spam was answered as if it had been stored: release it, and it is.
                What was refused can run again when its rule has changed.</p></div>

                """);
        }
        else
        {
            html.Write($"<h1>Inbox</h1>\n");
        }

        html.Write($"{Notice}");
        if (!IsHeldRoom)
        {
            new InboxCounts(Counts, Filter).WriteTo(html);
        }

        if (Counts.Count > 0)
        {
            WriteFilter(html);
        }

        if (List.Entries.Count > 0)
        {
            WriteRunAll(html);
            WriteList(html);
        }
        else
        {
            WriteEmpty(html);
        }

        WritePager(html);
    }

    private void WriteFilter(HtmlWriter html)
    {
        html.Write($"""
            <form class="filters" method="get" action="{HtmlUrl.Of(Filter.Room)}" role="search">
            <div class="field"><label for="text">Text or reference</label>
            <input id="text" name="text" type="search" value="{Filter.Text}" maxlength="200"></div>
            <div class="field"><label for="endpoint">Endpoint</label>
            <select id="endpoint" name="endpoint"><option value="">All</option>

            """);
        foreach (var endpoint in Counts.Select(count => count.Endpoint).Distinct(StringComparer.Ordinal))
        {
            var selected = Html.When(endpoint == Filter.Endpoint, " selected");
            html.Write($"<option value=\"{endpoint}\"{selected}>{endpoint}</option>\n");
        }

        html.Write($"</select></div>\n");
        if (IsHeldRoom)
        {
            WriteReasons(html);
        }

        if (Filter.State is { } state && !IsHeldRoom)
        {
            html.Write($"<input type=\"hidden\" name=\"state\" value=\"{InboxFilter.Name(state)}\">\n");
        }

        html.Write($"<div class=\"actions\"><button class=\"button\" type=\"submit\">Find</button>");
        if (Filter.IsNarrowed)
        {
            html.Write($"<a class=\"button quiet\" href=\"{HtmlUrl.Of(Filter.Room)}\">Show all</a>");
        }

        html.Write($"</div></form>\n");
    }

    private void WriteReasons(HtmlWriter html)
    {
        html.Write($"<div class=\"field\"><label for=\"reason\">Reason</label>\n");
        html.Write($"<select id=\"reason\" name=\"reason\"><option value=\"\">All</option>\n");
        IEnumerable<string> asked = Filter.Reason is null ? [] : [Filter.Reason];
        foreach (var reason in Words.HeldReasons.Union(asked))
        {
            var selected = Html.When(reason == Filter.Reason, " selected");
            html.Write($"<option value=\"{reason}\"{selected}>{Words.Reason(reason)}</option>\n");
        }

        html.Write($"</select></div>\n");
    }

    private void WriteRunAll(HtmlWriter html)
    {
        if (IsHeldRoom && RefusedReason.Code(Filter.Reason) is not null)
        {
            var button = ConsoleFrame.Button(Session, Filter.RunAll(), "Run all of these again", quiet: true);
            html.Write($"""
                <div class="actions">{button}
                <p class="soft">Each is judged by the rules of now. What is refused again stays.</p></div>

                """);
        }
    }

    private void WriteList(HtmlWriter html)
    {
        html.Write($"<ol class=\"mail\">\n");
        foreach (var entry in List.Entries)
        {
            WriteRow(html, entry);
        }

        html.Write($"</ol>\n");
    }

    private void WriteRow(HtmlWriter html, Entry entry)
    {
        var summary = DocumentSummary.Of(entry.Document);
        var held = Html.When(IsHeldRoom, " class=\"held\"");
        html.Write($"""
            <li{held}><a class="row-link" href="{ConsolePaths.Entry(entry.Id)}">
            <b><bdi>{summary.Lead}</bdi></b>{Gist(summary)}</a>
            <span class="where">{entry.Endpoint}</span>

            """);
        if (IsHeldRoom)
        {
            html.Write($"""
                <p class="why">{Words.Reason(entry.Reason)}</p>
                {Act(entry)}

                """);
        }
        else
        {
            html.Write($"<span class=\"state\">{State(entry.State)}</span>\n");
        }

        html.Write($"{HtmlTime.Ago(entry.ReceivedAt, Now)}</li>\n");
    }

    private Html Act(Entry entry) => RefusedReason.IsOf(entry)
        ? ConsoleFrame.Button(Session, ConsolePaths.Entry(entry.Id, "run"), "Run again", quiet: true)
        : ConsoleFrame.Button(Session, ConsolePaths.Entry(entry.Id, "release"), "Release", quiet: true);

    private static Html Gist(DocumentSummary summary) => Html.From(html =>
    {
        if (summary.Gist.Length > 0)
        {
            html.Write($" <span class=\"gist\"><bdi>{summary.Gist}</bdi></span>");
        }
    });

    // Most are stored: what is not should be seen at a glance.
    private static Html State(EntryState state) =>
        state == EntryState.Stored ? Html.Constant("Stored") : Words.Badge(state);

    private void WriteEmpty(HtmlWriter html)
    {
        if (List.StoppedEarly)
        {
            html.Write($"""
                <div class="empty"><h2>Nothing found so far</h2><p>This looked through many entries without a match.
                Go on with the older ones below.</p></div>

                """);
        }
        else if (Filter.IsNarrowed)
        {
            html.Write($"""
                <div class="empty"><h2>Nothing matches</h2><p>No entry fits what you asked for.</p></div>

                """);
        }
        else if (IsHeldRoom)
        {
            html.Write($"""
                <div class="empty"><h2>Nothing is held</h2><p>Spam and suppressed repeats would wait here, and what was
                refused where a quarantine is declared.</p></div>

                """);
        }
        else
        {
            html.Write($"""
                <div class="empty"><h2>Nothing has arrived yet</h2><p>Open a form of this server and send it, or POST to
                one of its endpoints. What arrives is listed here, newest first.</p></div>

                """);
        }
    }

    private void WritePager(HtmlWriter html)
    {
        if (List.Newer is null && List.Older is null)
        {
            return;
        }

        html.Write($"<nav class=\"pager\" aria-label=\"Pages\">");
        if (List.Newer is { } newer)
        {
            html.Write($"""
                <span><a href="{Filter.Newest()}">Newest</a> ·
                <a rel="prev" href="{Filter.Newer(newer)}">Newer</a></span>

                """);
        }
        else
        {
            html.Write($"<span>The newest</span>");
        }

        if (List.Older is { } older)
        {
            html.Write($"<a rel=\"next\" href=\"{Filter.Older(older)}\">Older</a>");
        }
        else
        {
            html.Write($"<span>The oldest</span>");
        }

        html.Write($"</nav>\n");
    }
}
