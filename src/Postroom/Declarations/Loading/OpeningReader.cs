using System.Globalization;
using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>Reads <c>open</c>.</summary>
internal static class OpeningReader
{
    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mmzzz"];

    public static OpeningDeclaration Read(LoadScope scope, SourceMapping endpoint)
    {
        if (endpoint.Mapping("open") is not { } mapping)
        {
            return new();
        }

        var declared = new OpeningDeclaration
        {
            From = Moment(scope, mapping, "from"),
            Until = Moment(scope, mapping, "until"),
            Hours = Hours(scope, mapping),
            Zone = Zone(scope, mapping),
        };
        if (declared.From >= declared.Until)
        {
            scope.Fault(mapping.Text("until")!, "`until` is not after `from`, so that it would never be open.");
        }

        return declared;
    }

    private static DateTimeOffset? Moment(LoadScope scope, SourceMapping open, string key)
    {
        if (open.Text(key) is not { } text)
        {
            return null;
        }

        // RFC 3339 §5.6: Z stands for +00:00.
        var offset = text.Text.EndsWith('Z') ? text.Text[..^1] + "+00:00" : text.Text;
        if (DateTimeOffset.TryParseExact(
            offset, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment))
        {
            return moment;
        }

        scope.Fault(text, $"`{key}` is not a moment: `{Excerpt.Of(text.Text)}`. Write date, time and offset, such as "
            + "`2026-12-01T09:00:00+01:00`.");
        return null;
    }

    private static List<OpeningHours> Hours(LoadScope scope, SourceMapping open)
    {
        var hours = new List<OpeningHours>();
        foreach (var text in open.Texts("hours"))
        {
            if (OpeningHoursText.Parse(text.Text) is { } range)
            {
                hours.Add(range);
            }
            else
            {
                scope.Fault(text, $"`{Excerpt.Of(text.Text)}` is not a range of hours. Write days and times, such as "
                    + "`Mon-Fri 09:00-17:00`; a night takes two: `Fri 22:00-24:00` and `Sat 00:00-02:00`.");
            }
        }

        return hours;
    }

    private static TimeZoneInfo Zone(LoadScope scope, SourceMapping open)
    {
        if (open.Text("zone") is not { } text)
        {
            return TimeZoneInfo.Utc;
        }

        if (TimeZoneInfo.TryFindSystemTimeZoneById(text.Text, out var zone))
        {
            return zone;
        }

        scope.Fault(text, $"`{Excerpt.Of(text.Text)}` is not a time zone that this system knows. Write a name such as "
            + "`Europe/Zurich`; where even that is unknown, install the system's time zones (`tzdata`).");
        return TimeZoneInfo.Utc;
    }
}
