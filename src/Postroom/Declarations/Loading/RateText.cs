using System.Globalization;

namespace Postroom.Declarations.Loading;

/// <summary>Rates such as <c>30/min</c> and <c>1000/h</c>.</summary>
internal static class RateText
{
    private static readonly (string Unit, int Seconds)[] Units = [("/s", 1), ("/min", 60), ("/h", 3_600)];

    /// <summary>
    /// The rate, as a whole number above zero in each <paramref name="period"/>; null when it is none.
    /// </summary>
    public static int? Parse(string text, TimeSpan period)
    {
        foreach (var (unit, seconds) in Units)
        {
            if (!text.EndsWith(unit, StringComparison.Ordinal))
            {
                continue;
            }

            if (!int.TryParse(text[..^unit.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            {
                return null;
            }

            var scaled = count * (long)period.TotalSeconds;
            return count > 0 && scaled % seconds == 0 && scaled / seconds <= int.MaxValue
                ? (int)(scaled / seconds)
                : null;
        }

        return null;
    }
}
