using System.Globalization;
using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>Reads <c>quota</c>.</summary>
internal static class QuotaReader
{
    private static readonly (string Unit, TimeSpan Period)[] Units =
        [("/h", TimeSpan.FromHours(1)), ("/d", TimeSpan.FromDays(1))];

    public static QuotaDeclaration? Read(LoadScope scope, SourceMapping endpoint)
    {
        if (endpoint.Count("quota") is { } count and > 0)
        {
            return new(count);
        }

        if (endpoint.Text("quota") is not { } text)
        {
            return null;
        }

        foreach (var (unit, period) in Units)
        {
            if (text.Text.EndsWith(unit, StringComparison.Ordinal)
                && int.TryParse(
                    text.Text[..^unit.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var max)
                && max > 0)
            {
                return new(max, period);
            }
        }

        scope.Fault(text, $"`{Excerpt.Of(text.Text)}` is not a quota. Write a number for all entries ever, such as "
            + "`100`, or a number for each day or hour, such as `50/d` or `10/h`.");
        return null;
    }
}
