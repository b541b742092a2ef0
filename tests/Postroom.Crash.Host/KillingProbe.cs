using Postroom.Sqlite;

namespace Postroom.Crash.Host;

/// <summary>Kills the process when the store passes a point for the n-th time.</summary>
internal sealed class KillingProbe(string point, int pass) : IStoreProbe
{
    private int _passed;

    public void Reached(string reached)
    {
        if (reached == point && Interlocked.Increment(ref _passed) == pass)
        {
            Suicide.Now();
        }
    }
}
