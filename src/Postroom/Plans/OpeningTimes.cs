using System.Globalization;
using Postroom.Declarations;
using Postroom.Faults;

namespace Postroom.Plans;

/// <summary>Whether an endpoint is open at a moment, and when it opens next.</summary>
internal sealed class OpeningTimes(OpeningDeclaration opening, string? closedMessage)
{
    private const int DaysAhead = 8;

    /// <summary>Null while it is open.</summary>
    /// <param name="at">Unix milliseconds.</param>
    public Fault? Judge(long at)
    {
        if (opening is { From: null, Until: null, Hours.Count: 0 })
        {
            return null;
        }

        var now = DateTimeOffset.FromUnixTimeMilliseconds(at);
        if (now >= opening.Until)
        {
            return Closed();
        }

        var next = Next(now < opening.From ? opening.From.Value : now);
        if (next == now)
        {
            return null;
        }

        return next is { } opens && !(opens >= opening.Until) ? NotOpen(opens, now) : Closed();
    }

    private Fault Closed() =>
        new(FaultCatalogue.Closed, closedMessage ?? "This is closed: nothing more is taken here.");

    private Fault NotOpen(DateTimeOffset opens, DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(opens, opening.Zone);
        return new Fault(FaultCatalogue.NotOpen, string.Create(CultureInfo.InvariantCulture,
            $"This is not open at this moment. It opens on {local:dddd, d MMMM yyyy} at {local:HH:mm} "
            + $"({opening.Zone.Id}). Send it then."))
        {
            RetryAfter = opens - now,
        };
    }

    /// <summary>
    /// The moment itself when it lies in the hours, else the next beginning; null when there is none.
    /// </summary>
    private DateTimeOffset? Next(DateTimeOffset from)
    {
        if (opening.Hours.Count == 0)
        {
            return from;
        }

        var local = TimeZoneInfo.ConvertTime(from, opening.Zone);
        return opening.Hours.Any(hours => Holds(hours, local))
            ? from
            : Beginnings(local.Date).Where(beginning => beginning > from).Min();
    }

    private static bool Holds(OpeningHours hours, DateTimeOffset local) =>
        hours.Days.Contains(local.DayOfWeek)
        && local.TimeOfDay >= TimeSpan.FromMinutes(hours.From)
        && local.TimeOfDay < TimeSpan.FromMinutes(hours.Until);

    private IEnumerable<DateTimeOffset?> Beginnings(DateTime today) =>
        from day in Enumerable.Range(0, DaysAhead).Select(ahead => today.AddDays(ahead))
        from hours in opening.Hours
        where hours.Days.Contains(day.DayOfWeek)
        from moment in MomentsOf(day.AddMinutes(hours.From))
        select (DateTimeOffset?)moment;

    /// <summary>
    /// A time that the clock leaps over is the first one after the leap; where the clock is set back, it comes twice.
    /// </summary>
    private IEnumerable<DateTimeOffset> MomentsOf(DateTime local)
    {
        while (opening.Zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        return opening.Zone.IsAmbiguousTime(local)
            ? opening.Zone.GetAmbiguousTimeOffsets(local).Select(offset => new DateTimeOffset(local, offset))
            : [new DateTimeOffset(local, opening.Zone.GetUtcOffset(local))];
    }
}
