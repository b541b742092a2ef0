using Postroom.Answers;
using Postroom.Storage;

namespace Postroom.Inbox;

/// <summary>How many entries there are, as a row of compartments; each leads to its list.</summary>
internal sealed class InboxCounts(IReadOnlyList<EntryCount> counts, InboxFilter filter)
{
    public void WriteTo(HtmlWriter html)
    {
        html.Write($"<ul class=\"counts\">\n");
        WriteCount(html, "All", counts.Sum(count => count.Count), null);
        foreach (var state in InboxFilter.States)
        {
            var number = counts.Where(count => count.State == state).Sum(count => count.Count);
            WriteCount(html, Words.Of(state), number, state);
        }

        html.Write($"</ul>\n");
    }

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
