using Postroom.Answers;
using Postroom.Identity;

namespace Postroom.Inbox;

/// <summary>The frame of the pages behind the sign-in: with the rooms of the inbox and the way out.</summary>
internal static class ConsoleFrame
{
    /// <summary>The name of the field that carries the session's form token.</summary>
    public const string FormField = "_form";

    /// <param name="session">Whose page it is.</param>
    /// <param name="room">The address of the room that the page belongs to.</param>
    /// <param name="title">What the tab shows.</param>
    /// <param name="main">The content.</param>
    public static HtmlPage Around(ConsoleSession session, string room, string title, Action<HtmlWriter> main) => new()
    {
        Title = title,
        Stylesheet = HtmlUrl.Of("/_postroom/assets/inbox.css"),
        Home = HtmlUrl.Of(ConsolePaths.Inbox),
        Navigation = Html.From(html =>
        {
            html.Write($"<nav aria-label=\"Rooms\">");
            WriteRoom(html, room, ConsolePaths.Inbox, "Inbox");
            WriteRoom(html, room, ConsolePaths.Held, "Held");
            WriteRoom(html, room, ConsolePaths.Refused, "Refused");
            html.Write($"""
                </nav>
                <form method="post" action="{HtmlUrl.Of(ConsolePaths.SignOut)}">{FormToken(session)}
                <button class="button quiet" type="submit">Sign out</button></form>
                """);
        }),
        Main = Html.From(main),
        Foot = Html.Constant("The inbox of Postroom. Times are in UTC."),
    };

    /// <summary>The hidden field that every form of a session carries.</summary>
    public static Html FormToken(ConsoleSession session) => Html.From(html =>
        html.Write($"<input type=\"hidden\" name=\"_form\" value=\"{session.FormToken}\">"));

    /// <summary>A form that is one button; a quiet one where there are many.</summary>
    public static Html Button(ConsoleSession session, HtmlUrl action, string label, bool quiet = false) =>
        Html.From(html => html.Write($"""
            <form method="post" action="{action}">{FormToken(session)}
            <button class="button{Html.When(quiet, " quiet")}" type="submit">{label}</button></form>
            """));

    private static void WriteRoom(HtmlWriter html, string room, string address, string label)
    {
        var current = Html.When(room == address, " aria-current=\"page\"");
        html.Write($"<a href=\"{HtmlUrl.Of(address)}\"{current}>{label}</a>");
    }
}
