using Postroom.Answers;
using Postroom.Faults;
using Postroom.Identity;
using Postroom.Storage;

namespace Postroom.Inbox;

/// <summary>Why an entry could not be released: what its endpoint's own code said.</summary>
internal static class ObjectionView
{
    public static HtmlPage Page(ConsoleSession session, Entry entry, Fault objection) => ConsoleFrame.Around(
        session, ConsolePaths.Inbox, "Not released", html => html.Write($"""
            <div class="empty"><h1>Not released</h1>
            <p>The code of <code>{entry.Endpoint}</code> did not let it pass, so it stays held and nothing was
            written.</p>
            <p><strong><bdi>{objection.Message}</bdi></strong></p>
            <p><a href="{ConsolePaths.Entry(entry.Id)}">Back to the entry</a></p></div>
            """));
}
