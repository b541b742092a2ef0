using Postroom.Faults;

namespace Postroom.Answers;

/// <summary>Every kind of refusal there is, in one table.</summary>
internal sealed record ErrorIndexPage(IReadOnlyList<FaultKind> Kinds)
{
    /// <summary>Writes the page.</summary>
    public void WriteTo(HtmlWriter html) => new HtmlPage
    {
        Title = "Refusals",
        Main = Html.From(WriteMain),
        Foot = Html.Constant("Part of the reference of Postroom."),
    }.WriteTo(html);

    private void WriteMain(HtmlWriter html)
    {
        html.Write($"""
            <div><h1>Refusals</h1><p class="lead">Every refusal is problem details (RFC 9457) with one of these codes.
            The codes are promises: they do not change.</p></div>
            <div class="card"><table class="ledger">
            <thead><tr><th scope="col">Status</th><th scope="col">Code</th>
            <th scope="col">What it says</th></tr></thead>
            <tbody>

            """);
        foreach (var kind in Kinds.OrderBy(kind => kind.Status))
        {
            html.Write($"""
                <tr><td data-label="Status" class="number">{kind.Status}</td>
                <td data-label="Code"><a href="{HtmlUrl.Of(kind.Type)}"><code>{kind.Code}</code></a></td>
                <td data-label="What it says">{kind.Title}</td></tr>

                """);
        }

        html.Write($"</tbody></table></div>");
    }
}
