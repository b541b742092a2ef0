using Postroom.Answers;

namespace Postroom.Description;

/// <summary>All endpoints and what can be done with them: the front page of the reference.</summary>
/// <param name="Title">What the API is called.</param>
/// <param name="Lead">What it is for, in Markdown of which code counts; null for nothing.</param>
/// <param name="Operations">In the order of the endpoints.</param>
internal sealed record ReferenceIndexPage(string Title, string? Lead, IReadOnlyList<ApiOperation> Operations)
{
    /// <summary>Writes the page.</summary>
    public void WriteTo(HtmlWriter html) => new HtmlPage
    {
        Title = Title,
        Main = Html.From(WriteMain),
        Foot = Html.Constant("Part of the reference of Postroom."),
    }.WriteTo(html);

    private void WriteMain(HtmlWriter html)
    {
        html.Write($"""
            <div><h1>{Title}</h1>
            {Html.From(WriteLead)}
            <p class="soft">For programs: <a href="{HtmlUrl.Of(ApiDescription.DocumentRoute)}">OpenAPI 3.1</a>.
            <a href="/_postroom/errors">All refusals</a>.</p></div>

            """);
        if (Operations.Count == 0)
        {
            html.Write($"""<div class="empty"><h2>No endpoint</h2><p>Nothing is declared yet.</p></div>""");
        }

        foreach (var endpoint in Operations.GroupBy(operation => operation.Plan))
        {
            html.Write($"""
                <section class="card"><h2 class="plate">{ApiNames.Title(endpoint.Key)}</h2>
                {Html.From(inner => WriteOperations(inner, endpoint))}</section>

                """);
        }
    }

    private void WriteLead(HtmlWriter html)
    {
        if (Lead is not null)
        {
            html.Write($"<p class=\"lead\">{InlineCode.Of(Lead)}</p>");
        }
    }

    private static void WriteOperations(HtmlWriter html, IEnumerable<ApiOperation> operations)
    {
        html.Write($"""
            <table class="ledger">
            <thead><tr><th scope="col">Method</th><th scope="col">Address</th>
            <th scope="col">What it does</th></tr></thead>
            <tbody>

            """);
        foreach (var operation in operations)
        {
            var method = operation.Method.ToUpperInvariant();
            var address = ReferencePage.Address(operation);
            html.Write($"""
                <tr><td data-label="Method"><span class="badge waiting">{method}</span></td>
                <td data-label="Address"><a href="{address}"><code>{operation.Path}</code></a></td>
                <td data-label="What it does">{operation.Summary}</td></tr>

                """);
        }

        html.Write($"</tbody></table>\n");
    }
}
