using Microsoft.AspNetCore.Http;
using Postroom.Answers;
using Postroom.Faults;
using Postroom.Identity;
using Postroom.Storage;

namespace Postroom.Inbox;

/// <summary>POSTs that were refused: only their traces are kept, not what they brought.</summary>
internal sealed class RefusedPages(Lazy<ConsoleServices> services)
{
    private const int Most = 200;

    public Task ListAsync(HttpContext context, ConsoleSession session)
    {
        var traces = services.Value.Traces.Newest(Most, refusedOnly: true);
        var dropped = services.Value.Traces.Dropped;
        var now = services.Value.Now;
        return ConsoleAnswer.PageAsync(context, StatusCodes.Status200OK, ConsoleFrame.Around(
            session, ConsolePaths.Refused, "Refused", html => WriteList(html, traces, dropped, now)));
    }

    public Task ShowAsync(HttpContext context, ConsoleSession session)
    {
        var trace = EntryId.TryParse(context.Request.RouteValues["id"] as string, out var id)
            ? services.Value.Traces.Find(id)
            : null;
        return trace is null
            ? ConsoleAnswer.PageAsync(context, StatusCodes.Status404NotFound, Missing(session))
            : ConsoleAnswer.PageAsync(context, StatusCodes.Status200OK, ConsoleFrame.Around(
                session, ConsolePaths.Refused, "Refused POST", html => WriteTrace(html, trace)));
    }

    private static void WriteList(HtmlWriter html, IReadOnlyList<PostTrace> traces, long dropped, DateTimeOffset now)
    {
        html.Write($"""
            <div><h1>Refused</h1><p class="lead">The newest POSTs that were turned away, and why. Nothing of them was
            stored but this trace.</p></div>

            """);
        if (dropped > 0)
        {
            html.Write($"""
                <div class="notice info"><p>{Words.Count(dropped)} traces were left out since the start, so as not to
                slow down what was being received.</p></div>

                """);
        }

        if (traces.Count == 0)
        {
            html.Write($"<div class=\"empty\"><h2>Nothing was refused</h2><p>No POST was turned away lately.</p></div>");
            return;
        }

        html.Write($"""
            <div class="card"><table class="ledger">
            <thead><tr><th scope="col">Received</th><th scope="col">Endpoint</th><th scope="col">Status</th><th scope="col">Why</th>
            <th scope="col">Took</th></tr></thead><tbody>

            """);
        foreach (var trace in traces)
        {
            html.Write($"""
                <tr><td data-label="Received" class="nowrap">{HtmlTime.Ago(trace.ReceivedAt, now)}</td>
                <td data-label="Endpoint">{trace.Endpoint}</td><td data-label="Status" class="number">{trace.Status}</td>
                <td data-label="Why"><a class="row-link" href="{ConsolePaths.Trace(trace.Id)}">{Title(trace)}</a></td>
                <td data-label="Took" class="number nowrap">{Words.Duration(trace.Stages.Sum(stage => stage.Microseconds))}</td></tr>

                """);
        }

        html.Write($"</tbody></table></div>");
    }

    private static void WriteTrace(HtmlWriter html, PostTrace trace)
    {
        var kind = KindOf(trace);
        html.Write($"""
            <div class="heading"><h1>{Title(trace)}</h1>
            <p><span class="badge refused">{trace.Status}</span> <span class="soft">{trace.Endpoint}, {HtmlTime.Exact(trace.ReceivedAt)}</span></p></div>
            <p class="receipt"><span>Reference</span><code>{trace.Id}</code></p>
            <div class="split">
            <section class="card"><h2 class="plate">Why</h2><p>{InlineCode.Of(kind?.Explanation ?? "This code has no explanation here.")}</p>
            <dl class="facts"><div><dt>Code</dt><dd><code>{trace.Code}</code></dd></div>
            <div><dt>Retry</dt><dd>{(kind is null ? "" : ErrorKindPage.RetryWords(kind.Retry))}</dd></div></dl></section>
            <div class="rack"><section><h2 class="plate">Stages</h2>{StageBars.Of(trace)}</section></div>
            </div>
            """);
    }

    private static string Title(PostTrace trace) => KindOf(trace)?.Title ?? trace.Code ?? "Accepted";

    private static FaultKind? KindOf(PostTrace trace) =>
        FaultCatalogue.All.FirstOrDefault(kind => kind.Code == trace.Code);

    private static HtmlPage Missing(ConsoleSession session) => ConsoleFrame.Around(
        session, ConsolePaths.Refused, "No such trace", html => html.Write($"""
            <div class="empty"><h1>No such trace</h1><p>It has aged out, or was left out while much was being received.</p>
            <p><a href="{HtmlUrl.Of(ConsolePaths.Refused)}">Back to the refused</a></p></div>
            """));
}
