using Postroom.Answers;
using Postroom.Storage;

namespace Postroom.Inbox;

/// <summary>
/// How many entries there are, at the endpoint that is looked at, as a row of compartments; each leads to its list.
/// </summary>
internal sealed class InboxCounts(IReadOnlyList<EntryCount> counts, InboxFilter filter)
{
    public void WriteTo(HtmlWriter html)
    {
        html.Write($"<ul class=\"counts\">\n");
        WriteCount(html, "All", Sum(null), null);
        foreach (var state in InboxFilter.States)
        {
            WriteCount(html, Words.Of(state), Sum(state), state);
        }

        html.Write($"</ul>\n");
    }

    private long Sum(EntryState? state) => counts
        .Where(count => filter.Endpoint is null || count.Endpoint == filter.Endpoint)
        .Where(count => state is null || count.State == state)
        .Sum(count => count.Count);

    private void WriteCount(HtmlWriter html, string label, long number, EntryState? state)
    {
        var current = Html.When(filter.State == state, " aria-current=\"true\"");
        var target = HtmlUrl.Of(
            ConsolePaths.Inbox,
            ("endpoint", filter.Endpoint),
            ("state", state is { } known ? InboxFilter.Name(known) : null),
            ("text", filter.Text));
        html.Write($"<li><a href=\"{target}\"{current}><b>{Words.Count(number)}</b> <span>{label}</span></a></li>\n");
    }
}
