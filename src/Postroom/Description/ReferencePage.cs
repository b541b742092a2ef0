using System.Globalization;
using Postroom.Answers;
using Postroom.Faults;

namespace Postroom.Description;

/// <summary>One operation: what it takes, what it answers, and a form to try it.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Home">The server's address, without a slash at the end.</param>
internal sealed record ReferencePage(ApiOperation Operation, string Home)
{
    /// <summary>Where the pages are: the index, and this with the name of an operation behind it.</summary>
    public const string Route = "/_postroom/docs";

    public static HtmlUrl Address(ApiOperation operation) => HtmlUrl.Of(Route + "/" + operation.Id);

    /// <summary>Writes the page.</summary>
    public void WriteTo(HtmlWriter html) => new HtmlPage
    {
        Title = Operation.Summary,
        Main = Html.From(WriteMain),
        Foot = Html.Constant("Part of the reference of Postroom."),
    }.WriteTo(html);

    private string Method => Operation.Method.ToUpperInvariant();

    private void WriteMain(HtmlWriter html)
    {
        html.Write($"""
            <div class="heading"><h1>{Operation.Summary}</h1>
            <p><span class="badge waiting">{Method}</span> <code>{Operation.Path}</code></p>
            {Html.From(WriteDescription)}</div>
            <div class="split"><div class="stack">
            {Html.From(WriteRequest)}{Html.From(WriteAnswers)}</div>
            <div class="stack">{Html.From(WriteTry)}</div></div>
            <p><a href="{HtmlUrl.Of(Route)}">All endpoints</a></p>
            """);
    }

    private void WriteDescription(HtmlWriter html)
    {
        foreach (var paragraph in Operation.Description.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            html.Write($"<p class=\"lead\">{InlineCode.Of(paragraph)}</p>\n");
        }
    }

    private void WriteRequest(HtmlWriter html)
    {
        html.Write($"""
            <section class="card"><h2 class="plate">Request</h2>
            <dl class="facts"><div><dt>Who may</dt><dd>{Operation.Access}</dd></div>

            """);
        if (Operation.Body.Count > 0)
        {
            var types = string.Join(", ", Operation.Body.Select(content => content.MediaType));
            html.Write($"<div><dt>Body</dt><dd>{types}</dd></div>\n");
        }

        foreach (var parameter in Operation.Parameters)
        {
            var needed = Html.When(parameter.IsRequired, ", required");
            html.Write($"""
                <div><dt><code>{parameter.Name}</code> ({parameter.Place}{needed})</dt>
                <dd>{InlineCode.Of(parameter.Description)}</dd></div>

                """);
        }

        html.Write($"</dl>\n");
        WriteFields(html);
        html.Write($"</section>\n");
    }

    private void WriteFields(HtmlWriter html)
    {
        var rows = Operation.Body.Count == 0 ? [] : FieldRow.Of(Operation.Plan.Schema.Root);
        if (rows.Count == 0)
        {
            return;
        }

        html.Write($"""
            <div><table class="ledger">
            <thead><tr><th scope="col">Field</th><th scope="col">What it holds</th></tr></thead>
            <tbody>

            """);
        foreach (var row in rows)
        {
            var needed = Html.When(row.IsRequired, " <span class=\"badge\">required</span>");
            html.Write($"""
                <tr><td data-label="Field"><code>{row.Name}</code>{needed}</td>
                <td data-label="What it holds">{row.Rules} <span class="soft">{row.Description}</span></td></tr>

                """);
        }

        html.Write($"</tbody></table></div>\n");
    }

    private void WriteAnswers(HtmlWriter html)
    {
        html.Write($"<section class=\"card\"><h2 class=\"plate\">Answers</h2><dl class=\"facts\">\n");
        foreach (var answer in Operation.Answers)
        {
            var headers = string.Join(", ", answer.Headers);
            html.Write($"""
                <div><dt>{answer.Status}</dt><dd>{InlineCode.Of(answer.Description)}
                <span class="soft">{headers}</span></dd></div>

                """);
        }

        foreach (var status in Operation.Refusals.GroupBy(kind => kind.Status).OrderBy(group => group.Key))
        {
            html.Write($"""
                <div><dt>{status.Key}</dt><dd>{Html.From(inner => WriteKinds(inner, status))}</dd></div>

                """);
        }

        html.Write($"</dl>\n");
        if (Operation.Answers is [{ Contents: [{ Example: not null } content, ..] }, ..])
        {
            html.Write($"""
                <pre class="code"><code>{CurlLine.TextOf(content, indented: true)}</code></pre>

                """);
        }

        html.Write($"</section>\n");
    }

    private static void WriteKinds(HtmlWriter html, IEnumerable<FaultKind> kinds)
    {
        var isFirst = true;
        foreach (var kind in kinds.DistinctBy(kind => kind.Code))
        {
            html.Write($"{Html.When(!isFirst, ", ")}<a href=\"{HtmlUrl.Of(kind.Type)}\"><code>{kind.Code}</code></a>");
            isFirst = false;
        }
    }

    private void WriteTry(HtmlWriter html)
    {
        var body = Operation.Body
            .OrderByDescending(content => content.MediaType.EndsWith("json", StringComparison.Ordinal))
            .FirstOrDefault(content => content.MediaType != "multipart/form-data");
        html.Write($"""
            <section class="card"><h2 class="plate">Try it</h2>
            <pre class="code"><code>{CurlLine.Of(Operation, Home)}</code></pre>

            """);
        if (Operation.Body.Count == 0 || body is not null)
        {
            html.Write($"""
                <form data-method="{Method}" data-path="{Operation.Path}" hidden>
                <div class="stack">{Html.From(WriteInputs)}{Html.From(inner => WriteBody(inner, body))}
                <p class="hint">This sends a real request to this server.</p>
                <p class="actions"><button class="button" type="submit">Send</button></p></div>
                </form>
                <div class="stack" id="answer" aria-live="polite" hidden><h3>Answer</h3>
                <pre class="code"><code class="headers"></code></pre>
                <pre class="code"><code class="body"></code></pre></div>
                <script type="module" src="{HtmlUrl.Of(ReferenceScript.Route)}"></script>

                """);
        }

        html.Write($"</section>\n");
    }

    private void WriteInputs(HtmlWriter html)
    {
        for (var index = 0; index < Operation.Parameters.Count; index++)
        {
            var parameter = Operation.Parameters[index];
            var id = string.Create(CultureInfo.InvariantCulture, $"parameter-{index}");
            html.Write($"""
                <div class="field">
                <label for="{id}">{parameter.Name} <span class="soft">{parameter.Place}</span></label>
                <input id="{id}" name="{parameter.Name}" data-in="{parameter.Place}" autocomplete="off"></div>

                """);
        }
    }

    private static void WriteBody(HtmlWriter html, ApiContent? body)
    {
        if (body is not null)
        {
            html.Write($"""
                <div class="field"><label for="body">Body <span class="soft">{body.MediaType}</span></label>
                <textarea id="body" name="body" data-in="body" data-type="{body.MediaType}" spellcheck="false">
                {CurlLine.TextOf(body, indented: true)}</textarea></div>

                """);
        }
    }
}
