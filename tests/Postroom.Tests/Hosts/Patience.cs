using System.Diagnostics;

namespace Postroom.Tests.Hosts;

/// <summary>Waits for what another thread does, and fails by name instead of waiting for ever.</summary>
internal static class Patience
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static async Task UntilAsync(Func<bool> holds, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!holds())
        {
            if (Stopwatch.GetElapsedTime(started) > Limit)
            {
                throw new TimeoutException("It never came: " + what);
            }

            await Task.Yield();
        }
    }
}
