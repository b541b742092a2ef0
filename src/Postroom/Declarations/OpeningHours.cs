namespace Postroom.Declarations;

/// <summary>The same hours on some days of the week.</summary>
/// <param name="Days">The days.</param>
/// <param name="From">Minutes after midnight at which they begin, 0 to 1439.</param>
/// <param name="Until">Minutes after midnight at which they end, above <paramref name="From"/>, at most 1440.</param>
public sealed record OpeningHours(IReadOnlyList<DayOfWeek> Days, int From, int Until);
