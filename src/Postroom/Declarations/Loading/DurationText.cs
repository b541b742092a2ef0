using System.Globalization;

namespace Postroom.Declarations.Loading;

/// <summary>Durations such as <c>10s</c>, <c>5m</c>, <c>24h</c> and <c>7d</c>.</summary>
internal static class DurationText
{
    /// <summary>A hundred years: enough for any retention, far from the end of time.</summary>
    private const long SecondsMax = 36_525L * 86_400;

    private static readonly (string Unit, long Seconds)[] Units =
        [("s", 1), ("m", 60), ("h", 3_600), ("d", 86_400), ("w", 604_800)];

    /// <summary>The duration, above zero; null when the text is none.</summary>
    public static TimeSpan? Parse(string text)
    {
        foreach (var (unit, seconds) in Units)
        {
            if (!text.EndsWith(unit, StringComparison.Ordinal))
            {
                continue;
            }

            return long.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                && count > 0 && count <= SecondsMax / seconds
                    ? TimeSpan.FromSeconds(count * seconds)
                    : null;
        }

        return null;
    }

    /// <summary>A duration as it is declared: the largest unit that needs no fraction.</summary>
    public static string Write(TimeSpan duration)
    {
        var whole = (long)duration.TotalSeconds;
        var (unit, seconds) = Units.Where(each => whole % each.Seconds == 0).MaxBy(each => each.Seconds);
        return string.Create(CultureInfo.InvariantCulture, $"{whole / seconds}{unit}");
    }
}
