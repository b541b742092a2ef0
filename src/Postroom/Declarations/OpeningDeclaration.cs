namespace Postroom.Declarations;

/// <summary>When an endpoint takes POSTs. Without any part it always does.</summary>
public sealed record OpeningDeclaration
{
    /// <summary>Not before this moment; null for no beginning.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Not at this moment or later; null for no end.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The hours of the week, in the time of <see cref="Zone"/>; empty for every hour.</summary>
    public IReadOnlyList<OpeningHours> Hours { get; init; } = [];

    /// <summary>Whose clock the hours are read from; UTC unless told.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;
}
