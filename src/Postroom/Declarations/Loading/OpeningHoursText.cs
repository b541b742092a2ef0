using System.Globalization;

namespace Postroom.Declarations.Loading;

/// <summary>Hours of the week such as <c>Mon-Fri 09:00-17:00</c> and <c>Sat 10:00-24:00</c>.</summary>
internal static class OpeningHoursText
{
    private const int MinutesOfDay = 24 * 60;

    private static readonly string[] Days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

    /// <summary>The hours; null when the text is none.</summary>
    public static OpeningHours? Parse(string text)
    {
        var parts = text.Split(' ');
        if (parts.Length != 2 || DaysOf(parts[0]) is not { } days)
        {
            return null;
        }

        var times = parts[1].Split('-');
        return times.Length == 2 && MinuteOf(times[0]) is { } from && MinuteOf(times[1]) is { } until && from < until
            ? new OpeningHours(days, from, until)
            : null;
    }

    private static List<DayOfWeek>? DaysOf(string text)
    {
        var ends = text.Split('-');
        var first = Array.IndexOf(Days, ends[0]);
        var last = Array.IndexOf(Days, ends[^1]);
        if (ends.Length > 2 || first < 0 || last < 0)
        {
            return null;
        }

        // A range may go over the end of the week: Sat-Mon.
        var count = ((last - first + 7) % 7) + 1;
        return [.. Enumerable.Range(first, count).Select(day => (DayOfWeek)(day % 7))];
    }

    private static int? MinuteOf(string text)
    {
        if (text == "24:00")
        {
            return MinutesOfDay;
        }

        return TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? (time.Hour * 60) + time.Minute
            : null;
    }
}
