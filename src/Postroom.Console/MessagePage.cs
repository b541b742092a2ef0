using Postroom.Answers;

namespace Postroom.Inbox;

/// <summary>A page that says one thing and, where there is one, the way on.</summary>
internal static class MessagePage
{
    public static HtmlPage Of(string title, Html words, HtmlUrl? link = null, string label = "") => new()
    {
        Title = title,
        Narrow = true,
        Main = Html.From(html =>
        {
            html.Write($"<div><h1>{title}</h1></div>\n<div class=\"card\">{words}</div>\n");
            if (link is { } target)
            {
                html.Write($"<p class=\"actions\"><a class=\"button\" href=\"{target}\">{label}</a></p>");
            }
        }),
    };
}
