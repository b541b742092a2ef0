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
            html.Write($"""
                <div class="empty"><h2>Nothing was refused</h2><p>No POST was turned away lately.</p></div>
                """);
            return;
        }

        html.Write($"<ol class=\"mail refusals\">\n");
        foreach (var trace in traces)
        {
            WriteRow(html, trace, now);
        }

        html.Write($"</ol>");
    }

    private static void WriteRow(HtmlWriter html, PostTrace trace, DateTimeOffset now) => html.Write($"""
        <li><a class="row-link" href="{ConsolePaths.Trace(trace.Id)}"><b>{Title(trace)}</b>
        <span class="gist">{trace.Code}</span></a>
        <span class="where">{trace.Endpoint}</span>
        <span class="state"><span class="badge refused">{trace.Status}</span></span>
        {HtmlTime.Ago(trace.ReceivedAt, now)}</li>

        """);

    private static void WriteTrace(HtmlWriter html, PostTrace trace)
    {
        var kind = KindOf(trace);
        var explanation = kind?.Explanation ?? "This code has no explanation here.";
        var retry = kind is null ? "Not known." : ErrorKindPage.RetryWords(kind.Retry);
        html.Write($"""
            <div class="heading"><h1>{Title(trace)}</h1>
            <p><span class="badge refused">{trace.Status}</span> <span>{trace.Endpoint}</span>
            <span class="soft">{HtmlTime.Exact(trace.ReceivedAt)}</span></p></div>
            <p class="receipt"><span>Reference</span><code>{trace.Id}</code></p>
            <div class="split">
            <section class="card"><h2 class="plate">Why</h2><p>{InlineCode.Of(explanation)}</p>
            <dl class="facts"><div><dt>Code</dt><dd><code>{trace.Code}</code></dd></div>
            <div><dt>Retry</dt><dd>{retry}</dd></div></dl></section>
            <div class="rack"><section><h2 class="plate">Stages</h2>{StageBars.Of(trace)}</section></div>
            </div>
            """);
    }

    private static string Title(PostTrace trace) => KindOf(trace)?.Title ?? trace.Code ?? "Accepted";

    private static FaultKind? KindOf(PostTrace trace) =>
        FaultCatalogue.All.FirstOrDefault(kind => kind.Code == trace.Code);

    private static HtmlPage Missing(ConsoleSession session) => ConsoleFrame.Around(
        session, ConsolePaths.Refused, "No such trace", html => html.Write($"""
            <div class="empty"><h1>No such trace</h1><p>It has aged out, or was left out while much was being
            received.</p><p><a href="{HtmlUrl.Of(ConsolePaths.Refused)}">Back to the refused</a></p></div>
            """));
}
