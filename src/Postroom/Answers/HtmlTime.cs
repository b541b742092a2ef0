using System.Globalization;

namespace Postroom.Answers;

/// <summary>
/// Times as people read them, with the exact time in the markup. All in UTC: a page without scripts knows no other.
/// </summary>
internal static class HtmlTime
{
    private static readonly long s_last = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>"22 November 2026, 10:01:38 UTC".</summary>
    public static Html Exact(long unixMilliseconds) => Html.From(html =>
    {
        var time = At(unixMilliseconds);
        html.Write($"<time datetime=\"{time}\">{Words(time)}</time>");
    });

    /// <summary>"3 minutes ago" within a week, else the day; the exact time is shown on hovering.</summary>
    public static Html Ago(long unixMilliseconds, DateTimeOffset now) => Html.From(html =>
    {
        var time = At(unixMilliseconds);
        html.Write($"<time datetime=\"{time}\" title=\"{Words(time)}\">{AgoWords(time, now)}</time>");
    });

    internal static string AgoWords(DateTimeOffset time, DateTimeOffset now)
    {
        var passed = now - time;
        return passed switch
        {
            { TotalSeconds: < 5 } => "just now",
            { TotalSeconds: < 60 } => Count((long)passed.TotalSeconds, "second"),
            { TotalMinutes: < 60 } => Count((long)passed.TotalMinutes, "minute"),
            { TotalHours: < 24 } => Count((long)passed.TotalHours, "hour"),
            { TotalDays: < 7 } => Count((long)passed.TotalDays, "day"),
            _ => time.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture),
        };
    }

    private static string Count(long number, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {unit}{(number == 1 ? "" : "s")} ago");

    private static string Words(DateTimeOffset time) =>
        time.UtcDateTime.ToString("d MMMM yyyy, HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static DateTimeOffset At(long unixMilliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(unixMilliseconds, 0, s_last));
}
