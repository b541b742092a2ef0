using System.Globalization;

namespace Postroom.Expressions.Values;

/// <summary>Time zones by name (<c>Europe/Berlin</c>) or by their distance from UTC (<c>-02:30</c>).</summary>
internal static class ZoneText
{
    private const int HoursMax = 14;

    /// <summary>Null when there is no such zone.</summary>
    public static TimeZoneInfo? Read(string text)
    {
        var digits = text.TrimStart('+', '-');
        if (text.Length - digits.Length <= 1
            && TimeSpan.TryParseExact(digits, @"hh\:mm", CultureInfo.InvariantCulture, out var offset)
            && offset.TotalHours <= HoursMax)
        {
            return TimeZoneInfo.CreateCustomTimeZone(text, text.StartsWith('-') ? -offset : offset, text, text);
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone) ? zone : null;
    }
}
