using System.Globalization;
using Postroom.Answers;
using Postroom.Storage;

namespace Postroom.Inbox;

/// <summary>The stages of a POST one below the other, each bar beginning where the one above ends.</summary>
internal static class StageBars
{
    private const double Width = 100;
    private const double Visible = 0.8;

    public static Html Of(PostTrace? trace) => Html.From(html =>
    {
        if (trace is null || trace.Stages.Count == 0)
        {
            html.Write($"<p class=\"soft\">No trace was kept of this POST, or it has aged out.</p>");
            return;
        }

        Write(html, trace);
    });

    private static void Write(HtmlWriter html, PostTrace trace)
    {
        var total = Math.Max(1, trace.Stages.Sum(stage => stage.Microseconds));
        var before = 0L;
        html.Write($"<ol class=\"stages\">\n");
        for (var index = 0; index < trace.Stages.Count; index++)
        {
            var stage = trace.Stages[index];
            var ended = trace.Code is not null && index == trace.Stages.Count - 1;
            var width = Math.Max(Visible, Width * stage.Microseconds / total);
            var start = Math.Min(Width * before / total, Width - width);
            before += stage.Microseconds;
            html.Write($"""
                <li{Html.When(ended, " class=\"refused\"")}><span>{FieldNames.Humanise(stage.Stage)}</span>
                <svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                <rect x="{Number(start)}" y="0" width="{Number(width)}" height="6"></rect></svg>
                <span>{Words.Duration(stage.Microseconds)}</span></li>

                """);
        }

        html.Write($"</ol>\n<p class=\"soft\">{Words.Duration(total)} in all, answered with {trace.Status}.</p>");
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
