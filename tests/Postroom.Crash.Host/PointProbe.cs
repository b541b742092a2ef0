using Postroom.Sqlite;

namespace Postroom.Crash.Host;

/// <summary>Does something when the store passes a point for the n-th time, on the thread that passes it.</summary>
internal sealed class PointProbe(string point, int pass, Action then) : IStoreProbe
{
    private int _passed;

    public void Reached(string reached)
    {
        if (reached == point && Interlocked.Increment(ref _passed) == pass)
        {
            then();
        }
    }
}
