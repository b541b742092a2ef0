using Postroom.Answers;
using Postroom.Identity;
using Postroom.Storage;

namespace Postroom.Inbox;

/// <summary>The question before an entry is deleted.</summary>
internal static class DeleteView
{
    public static HtmlPage Page(ConsoleSession session, Entry entry, IReadOnlyList<Job> jobs) =>
        ConsoleFrame.Around(session, ConsolePaths.Inbox, "Delete entry", html => html.Write($"""
            <div><h1>Delete this entry?</h1>
            <p class="lead">It cannot be brought back. Its idempotency key stays taken until it expires, so that a late
            retry does not store it again.</p></div>
            <section class="card"><h2 class="plate">{entry.Endpoint}</h2>
            <p><strong><bdi>{DocumentSummary.Of(entry.Document).Lead}</bdi></strong><br>
            <bdi>{DocumentSummary.Of(entry.Document).Gist}</bdi></p>
            <p class="soft">Received {HtmlTime.Exact(entry.ReceivedAt)}.</p>{Unfinished(jobs)}</section>
            <div class="actions">
            <form method="post" action="{ConsolePaths.Entry(entry.Id, "delete")}">{ConsoleFrame.FormToken(session)}
            <button class="button danger" type="submit">Delete for good</button></form>
            <a class="button quiet" href="{ConsolePaths.Entry(entry.Id)}">Keep it</a></div>
            """));

    private static Html Unfinished(IReadOnlyList<Job> jobs) => Html.From(html =>
    {
        var waiting = jobs.Count(job => job.State is JobState.Ready or JobState.Leased);
        if (waiting > 0)
        {
            html.Write($"""
                <div class="notice held"><p>Work that follows from it is not finished ({waiting} waiting or running). It
                is deleted as well.</p></div>
                """);
        }
    });
}
