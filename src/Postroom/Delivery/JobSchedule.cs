namespace Postroom.Delivery;

/// <summary>
/// When a failed job runs again: pauses that grow over three days, each moved by up to a fifth either way so that what
/// failed together does not come back together.
/// </summary>
internal static class JobSchedule
{
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2),
        TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20),
        TimeSpan.FromHours(24),
    ];

    /// <summary>The pause after so many attempts, or null when that was the last one.</summary>
    /// <param name="attempts">How many were begun.</param>
    /// <param name="random">64 random bits.</param>
    public static TimeSpan? After(int attempts, ulong random)
    {
        if (attempts > Pauses.Length)
        {
            return null;
        }

        var factor = 0.8 + (0.4 * (random >> 11) / (1UL << 53));
        return Pauses[Math.Max(attempts, 1) - 1] * factor;
    }
}
